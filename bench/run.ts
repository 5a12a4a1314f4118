/**
 * Start-up against `node -e 0`, side by side: the machine's speed drifts, ratios hold. Run by hand: `npm run bench`.
 * Each pair runs in turn; the median of the ratios is printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveSandbox } from '../src/sandbox/serve.ts';
import { measure } from './measure.ts';

const BIN = fileURLToPath(new URL('../bin/cert.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cert-bench-'));
const server = await serveSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), port: 0 });
const { NODE_EXTRA_CA_CERTS: _, ...machine } = process.env;
const env = { ...machine, CERT_CONFIG_DIR: folder, CERT_STATE_DIR: folder, CERT_PORTAL: server.url, LANG: 'C.UTF-8' };
const login = await fetch(`${server.url}/api/v1/sessions`, {
  method: 'POST',
  body: JSON.stringify({ username: 'demo_nurse', password: 'Sandbox2026' }),
});
const { accessToken } = (await login.json()) as { accessToken: string };

const CASES: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['cert --version', [BIN, '--version']],
  ['cert --help', [BIN, '--help']],
  ['cert list --help', [BIN, 'list', '--help']],
  ['cert config path', [BIN, 'config', 'path']],
  ['cert list', [BIN, 'list']],
];

spawnSync(process.execPath, [BIN, 'list'], { env });
for (const [name, args] of CASES) {
  const { ratio, medianMs } = await measure(args, ['-e', '0'], { ...env, CERT_TOKEN: accessToken });
  process.stdout.write(`${name.padEnd(20)} ${ratio.toFixed(2)} x  (${medianMs.toFixed(0)} ms)\n`);
}
await server.close();
rmSync(folder, { recursive: true, force: true });
