/** A signed PDF of the sandbox, and what other programs say of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/create-sandbox.ts';
import { ORIGIN } from './sandbox.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface SignedFile {
  /** A folder of its own. */
  readonly folder: string;
  readonly path: string;
  readonly bytes: Buffer;
  /** Where the root of its signer is, PEM. */
  readonly root: string;
}

/** An annotated copy, fresh from a sandbox on the clock on the wall. */
export async function signedFile(options: Partial<SandboxOptions> = {}): Promise<SignedFile> {
  const sandbox = createSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), ...options });
  const credentials = JSON.stringify({ username: 'demo_mixed', password: 'Sandbox2026' });
  const session = await sandbox.handle(new Request(`${ORIGIN}/api/v1/sessions`, { method: 'POST', body: credentials }));
  const headers = { authorization: `Bearer ${(await session.json()).accessToken}` };
  const answer = await sandbox.handle(new Request(`${ORIGIN}/api/v1/annotations/a-mixed-ready/file`, { headers }));
  if (!answer.ok) throw new Error(await answer.text());
  const folder = temporaryFolder();
  const [path, root] = [join(folder, 'file.pdf'), join(folder, 'root.pem')];
  const bytes = Buffer.from(await answer.arrayBuffer());
  writeFileSync(path, bytes);
  writeFileSync(root, await sandbox.trustAnchor());
  return { folder, path, bytes, root };
}

/** What poppler says of the signature, the root trusted or nothing. */
export function pdfsig(path: string, { folder, root }: SignedFile, { trusted = true } = {}): string {
  const database = join(folder, trusted ? 'trusting' : 'distrusting');
  mkdirSync(database, { recursive: true });
  execFileSync('certutil', ['-N', '-d', `sql:${database}`, '--empty-password']);
  if (trusted) execFileSync('certutil', ['-A', '-d', `sql:${database}`, '-n', 'root', '-t', ',C,', '-i', root]);
  return spawnSync('pdfsig', ['-nssdir', `sql:${database}`, path], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  }).stdout;
}

/** The signature container, without what fills its room, and the bytes that it covers. */
export function partsOf(pdf: Buffer): { container: Buffer; content: Buffer } {
  const text = pdf.toString('latin1');
  const [, numbers = ''] = /\/ByteRange \[([\d ]+)\]/.exec(text) ?? [];
  const [, before = 0, after = 0, rest = 0] = numbers.trim().split(/ +/).map(Number);
  const padded = Buffer.from(text.slice(before + 1, after - 1), 'hex');
  return {
    container: padded.subarray(0, padded.readUInt16BE(2) + 4),
    content: Buffer.concat([pdf.subarray(0, before), pdf.subarray(after, after + rest)]),
  };
}
