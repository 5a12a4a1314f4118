/** What `npm pack` makes of the project, and whether it works without the project around it. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const BELONGS = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^bin\/cert\.cjs$/,
  /^dist\/(main|static-help|keychain-child|text-child)\.cjs$/,
  /^dist\/help\.(en|zh-CN)\.txt$/,
  /^dist\/chunks\/[\w.-]+\.cjs$/,
  /^dist\/assets\/NotoSansSC-(Regular\.ttf\.br|LICENSE\.txt)$/,
  /^dist\/pdfjs\/([\w-]+\.bcmap|LICENSE(-CMAPS)?)$/,
  /^docs\/[\w-]+\.md$/,
  /^docs\/portal-api\.openapi\.json$/,
  /^docs\/json\/[\w-]+\.schema\.json$/,
];

let folder = '';
let files: string[] = [];

/** The build is there already: packed as it is, since another one would pull it away from under other tests. */
function pack(): { filename: string; files: { path: string }[] } {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const out = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  return Object.values(JSON.parse(out))[0] as ReturnType<typeof pack>;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cert-package-'));
  const { filename, files: packed } = pack();
  files = packed.map(({ path }) => path);
  execFileSync('tar', ['-xzf', filename], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packed = (path: string): string => join(folder, 'package', path);

describe('the package', () => {
  it('has what belongs in it and nothing else', () => {
    expect(files.filter((file) => !BELONGS.some((pattern) => pattern.test(file)))).toEqual([]);
    for (const pattern of BELONGS) expect(files.some((file) => pattern.test(file))).toBe(true);
  });

  it('has only code that is used', () => {
    const code = files.filter((file) => file.endsWith('.cjs')).map((file) => readFileSync(packed(file), 'utf8'));
    const chunks = files.filter((file) => file.startsWith('dist/chunks/'));
    expect(chunks.length).toBeGreaterThan(10);
    expect(
      chunks
        .map((file) => file.slice('dist/chunks/'.length))
        .filter((name) => !code.some((text) => text.includes(name))),
    ).toEqual([]);
  });

  it('is the whole journey, with nothing beside it', async () => {
    const env = { PATH: process.env.PATH, HOME: folder, USERPROFILE: folder, LANG: 'C.UTF-8' };
    const args = [packed('bin/cert.cjs'), 'demo', '--json', '-o', join(folder, 'saved')];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: folder });
    const { file } = JSON.parse(stdout).data;
    expect(file.verdict).toBe('valid');
    expect(readFileSync(file.path).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
