/** Which file holds which annotation of which certificate. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Clock, FileState, SavedRecord, Wallet, WalletFile } from '../context.ts';
import { CertError } from '../errors.ts';
import { systemCode, writing } from '../file-error.ts';
import { makeFolder, writeWhole } from './atomic.ts';
import { digestOf } from './digest.ts';
import { acquire, isLock, type ProcessTable } from './lock.ts';

const SCHEMA_VERSION = 1;

const record = v.object({
  portal: v.string(),
  certificateId: v.string(),
  qualification: v.string(),
  annotationId: v.nullable(v.string()),
  scenario: v.nullable(v.string()),
  path: v.string(),
  named: v.boolean(),
  sha256: v.string(),
  bytes: v.number(),
  validUntil: v.nullable(v.pipe(v.string(), v.isoDate())),
  savedAt: v.string(),
  verdict: v.optional(v.picklist(['valid', 'invalid', 'unknown'])),
});
const file = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), files: v.array(record) });

interface Dependencies {
  readonly stateFolder: string;
  readonly clock: Clock;
  readonly processes: ProcessTable;
}

const LOCK_POLL_MS = 50;
const LOCK_WAIT_MS = 10_000;

export function createWallet({ stateFolder, clock, processes }: Dependencies): Wallet {
  const path = join(stateFolder, 'wallet.json');

  async function load(): Promise<SavedRecord[]> {
    const text = await readFile(path, 'utf8').catch((error) => {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
      throw new CertError('CONFIG_INVALID', { path, detail: systemCode(error) ?? 'unreadable' }, { cause: error });
    });
    if (text === undefined) return [];
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), file), text);
    if (!parsed.success)
      throw new CertError('CONFIG_INVALID', { path, detail: v.getDotPath(parsed.issues[0]) ?? 'not JSON' });
    return parsed.output.files;
  }

  async function locked(work: () => Promise<void>): Promise<void> {
    const deadline = clock.now().getTime() + LOCK_WAIT_MS;
    for (;;) {
      const lock = await acquire(join(stateFolder, 'locks'), 'wallet', processes);
      if (isLock(lock)) return work().finally(lock.release);
      if (clock.now().getTime() > deadline)
        throw new CertError('FILE_NOT_WRITABLE', { path, detail: `process ${lock.pid} is using it` });
      await clock.sleep(LOCK_POLL_MS);
    }
  }

  return {
    remember: (fresh) =>
      locked(async () => {
        const files = [...(await load()).filter((known) => known.path !== fresh.path), fresh];
        await writing(path, () => makeFolder(stateFolder));
        await writeWhole(path, `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, files }, null, 2)}\n`);
      }),
    async files(which) {
      const files: WalletFile[] = [];
      for (const saved of (await load()).filter(which).reverse()) files.push({ ...saved, ...(await lookFor(saved)) });
      return files;
    },
  };
}

/** Where a saved file is now. */
async function lookFor({ path, sha256, bytes }: SavedRecord): Promise<{ state: FileState; path: string }> {
  const digest = await digestOf(path);
  if (digest !== undefined) return { state: digest === sha256 ? 'good' : 'changed', path };
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    const candidate = join(folder, name);
    const size = await stat(candidate).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === bytes && (await digestOf(candidate)) === sha256) return { state: 'moved', path: candidate };
  }
  return { state: 'missing', path };
}
