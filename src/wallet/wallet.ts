/** Which file holds which annotation of which certificate. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock, SavedRecord, Wallet } from '../context.ts';
import { CertError } from '../errors.ts';
import { systemCode, writing } from '../file-error.ts';
import { createPart, discard, publish } from './atomic.ts';
import { digestOf } from './digest.ts';
import { acquire, isLock, type ProcessTable } from './lock.ts';

const record = v.object({
  portal: v.string(),
  certificateId: v.string(),
  qualification: v.string(),
  annotationId: v.nullable(v.string()),
  path: v.string(),
  sha256: v.string(),
  bytes: v.number(),
  validUntil: v.nullable(v.pipe(v.string(), v.isoDate())),
  savedAt: v.string(),
});
const file = v.object({ schemaVersion: v.literal(1), files: v.array(record) });

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
      if (systemCode(error) === 'ENOENT') return undefined;
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
      if (isLock(lock)) return work().finally(() => lock.release());
      if (clock.now().getTime() > deadline)
        throw new CertError('FILE_NOT_WRITABLE', { path, detail: `process ${lock.pid} is using it` });
      await clock.sleep(LOCK_POLL_MS);
    }
  }

  return {
    remember: (fresh) =>
      locked(async () => {
        const files = [...(await load()).filter((known) => known.path !== fresh.path), fresh];
        await writing(path, async () => {
          await mkdir(stateFolder, { recursive: true, mode: 0o700 });
          const part = await createPart(path);
          try {
            await part.handle.writeFile(`${JSON.stringify({ schemaVersion: 1, files }, null, 2)}\n`);
            await publish(part, path, true);
          } finally {
            await discard(part);
          }
        });
      }),
    records: async (portal) => (await load()).filter((known) => known.portal === portal).reverse(),
    stateOf: async ({ path: saved, sha256 }) => {
      const digest = await digestOf(saved);
      if (digest === undefined) return 'missing';
      return digest === sha256 ? 'good' : 'changed';
    },
  };
}
