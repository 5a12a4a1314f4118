/** Blocks of shell as a person pastes them, with a `cert` in the search path that notes how each call ended. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BIN } from './executable.ts';
import { requireNoSecrets } from './no-secrets.ts';

interface Call {
  readonly args: readonly string[];
  readonly code: number | null;
  readonly out: string;
}

interface Ended {
  readonly code: number | null;
  /** What the block wrote, with each command before it runs. */
  readonly transcript: string;
  /** Those that have ended, in that order. */
  readonly calls: readonly Call[];
}

const noting = (log: string): string => `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const args = process.argv.slice(2);
const stdio = ['inherit', 'pipe', 'inherit'];
const { status: code, stdout } = spawnSync(process.execPath, [${JSON.stringify(BIN)}, ...args], { stdio });
const out = String(stdout);
require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, code, out }) + '\\n');
process.stdout.write(out);
process.exitCode = code;
`;

/** Ends at the first command that fails; what it left in the background ends with it. */
export async function runShell(
  script: string,
  { folder, cwd = folder, env }: { folder: string; cwd?: string; env: Readonly<Record<string, string>> },
): Promise<Ended> {
  const [programs, log] = [join(folder, 'bin'), join(folder, 'calls')];
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'cert'), noting(log), { mode: 0o700 });
  writeFileSync(log, '');
  const shell = spawn('sh', ['-eux', '-c', script], {
    cwd,
    env: { ...env, PATH: programs + delimiter + (process.env.PATH ?? '') },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let transcript = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.on('data', (chunk) => {
      transcript += chunk;
    });
  const closed = new Promise((resolve) => shell.once('close', resolve));
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('exit', resolve).once('error', reject);
  });
  endGroup(shell.pid);
  await closed;
  const calls: Call[] = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  for (const { args, out } of calls) requireNoSecrets(out, { args, env });
  return { code, transcript, calls };
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGTERM');
  } catch {
    // Nothing was left in the background.
  }
}
