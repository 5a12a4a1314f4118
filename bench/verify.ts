/**
 * A folder of 200 signed files, verified by one `cert verify`, against 200 calls of `pdfsig` (poppler). Run by hand:
 * `npm run bench:verify`. Each pair runs in turn; the median of the ratios is printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../src/sandbox/create-sandbox.ts';

const BIN = fileURLToPath(new URL('../bin/cert.cjs', import.meta.url));
const FILES = 200;
const PAIRS = 5;

const folder = mkdtempSync(join(tmpdir(), 'cert-bench-'));
const files = join(folder, 'files');
mkdirSync(files);
const sandbox = createSandbox({ now: () => new Date(), newId: () => crypto.randomUUID() });
const call = async (path: string, init: RequestInit = {}) =>
  sandbox.handle(new Request(`http://127.0.0.1/api/v1${path}`, init));
const login = await call('/sessions', {
  method: 'POST',
  body: JSON.stringify({ username: 'demo_mixed', password: 'Sandbox2026' }),
});
const { accessToken } = (await login.json()) as { accessToken: string };
const answer = await call('/annotations/a-mixed-ready/file', { headers: { authorization: `Bearer ${accessToken}` } });
const pdf = Buffer.from(await answer.arrayBuffer());
const paths = Array.from({ length: FILES }, (_, index) => join(files, `${String(index).padStart(3, '0')}.pdf`));
for (const path of paths) writeFileSync(path, pdf);
const root = join(folder, 'root.pem');
writeFileSync(root, await sandbox.trustAnchor());

const { NODE_EXTRA_CA_CERTS: _, ...machine } = process.env;
const env = { ...machine, CERT_CONFIG_DIR: folder, CERT_STATE_DIR: folder, LANG: 'C.UTF-8' };

function timed(action: () => void): number {
  const startedAt = performance.now();
  action();
  return performance.now() - startedAt;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { env, stdio: 'ignore' });
  if (error !== undefined || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? status}`);
}

const pairs = Array.from({ length: PAIRS }, () => {
  const pdfsigMs = timed(() => paths.forEach((path) => void run('pdfsig', ['-nocert', path])));
  const certMs = timed(() => run(process.execPath, [BIN, 'verify', files, '--trust', root]));
  return { ratio: certMs / pdfsigMs, certMs, pdfsigMs };
}).sort((one, other) => one.ratio - other.ratio);
const { ratio, certMs, pdfsigMs } = pairs[PAIRS >> 1] as (typeof pairs)[number];
process.stdout.write(
  `cert verify, ${FILES} files   ${ratio.toFixed(2)} x  (${certMs.toFixed(0)} ms; ${FILES} calls of pdfsig ${pdfsigMs.toFixed(0)} ms)\n`,
);
rmSync(folder, { recursive: true, force: true });
