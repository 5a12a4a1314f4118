/** Taking in what was downloaded by hand, with the built executable and nothing else: no portal, no network. */
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { useRealWorld } from '../support/executable.ts';
import { document } from '../support/hand-made-pdf.ts';
import { signedFile } from '../support/signed-file.ts';

const world = useRealWorld();
const offline = () => world.env(undefined, { CERT_PORTAL: '' });

it('watches the downloads folder of a Chinese desktop, and lists what came', async () => {
  const { path } = await signedFile();
  const downloads = join(world.folder, '下载');
  mkdirSync(downloads);
  mkdirSync(join(world.folder, '.config'));
  writeFileSync(join(world.folder, '.config', 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/下载"\n');
  const args = ['import', '--watch', '--yes', '--timeout', '12s', '--json'];
  const watching = world.cert(args, offline());
  await sleep(3_000);
  // As browsers do: under another name until it is whole.
  copyFileSync(path, join(downloads, '证书.pdf.part'));
  renameSync(join(downloads, '证书.pdf.part'), join(downloads, '证书.pdf'));
  const { code, json } = await watching;
  expect(code).toBe(0);
  expect(json.data.results).toMatchObject([
    { path: join(downloads, '证书.pdf'), outcome: 'imported', qualification: '一级建造师', verdict: 'unknown' },
  ]);
  const listed = await world.cert(['list', '--json'], offline());
  expect(listed.code).toBe(0);
  expect(listed.json.data.files).toMatchObject([{ qualification: '一级建造师', holderMasked: '样**', via: 'import' }]);
}, 40_000);

it('is not held up by a file over which a reader hangs', async () => {
  const operators = Buffer.from(`BT ${'q Q '.repeat(25_000_000)} ET`);
  const content = deflateSync(operators).toString('latin1');
  const hostile = document({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>',
    4: `<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n${content}\nendstream`,
    5: '<< >>',
  });
  writeFileSync(join(world.folder, 'hostile.pdf'), hostile);
  const { code, json } = await world.cert(['import', 'hostile.pdf', '--valid-until', 'none', '--json'], offline());
  expect(code).toBe(0);
  expect(json.data.results).toMatchObject([{ outcome: 'imported', validUntil: null, verdict: 'unknown' }]);
  expect(json.data.results[0]).not.toHaveProperty('qualification');
}, 40_000);
