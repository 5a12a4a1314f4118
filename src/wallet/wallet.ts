/** Which file holds which annotation of which certificate. */
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { makeFolder, writeWhole } from '../disk/atomic.ts';
import { exclusively } from '../disk/exclusive.ts';
import { writing } from '../disk/file-error.ts';
import type { ProcessTable } from '../disk/lock.ts';
import { placeOf, readText } from '../disk/read-text.ts';
import { CertError } from '../errors.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { SavedRecord, Wallet, WalletFile } from '../ports/wallet.ts';
import { createFinder } from './whereabouts.ts';

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
  readonly processes: () => Promise<ProcessTable>;
}

export function createWallet({ stateFolder, clock, processes }: Dependencies): Wallet {
  const path = join(stateFolder, 'wallet.json');

  async function load(): Promise<SavedRecord[]> {
    const text = readText(path);
    if (text === undefined) return [];
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), file), text);
    if (!parsed.success)
      throw new CertError('CONFIG_INVALID', { path, detail: 'wrong-value', ...placeOf(parsed.issues[0]) });
    return parsed.output.files;
  }

  const locked = async (work: () => Promise<void>) => {
    const lock = { lockFolder: join(stateFolder, 'locks'), lockName: 'wallet', path, clock };
    return exclusively({ ...lock, processes: await processes() }, work);
  };

  const change = (next: (files: readonly SavedRecord[]) => SavedRecord[]) =>
    locked(async () => {
      const files = next(await load());
      await writing(path, () => makeFolder(stateFolder));
      await writeWhole(path, `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, files }, null, 2)}\n`);
    });

  return {
    announce: (coming) => change((known) => [...known.filter((one) => !isSameFile(one, coming)), coming]),
    remember: (fresh, replaced) =>
      change((known) => [
        ...known.filter((one) => one.path !== fresh.path && !(replaced && isSameCopy(one, replaced))),
        fresh,
      ]),
    async files(which) {
      const files = new Map<string, WalletFile>();
      const lookFor = createFinder();
      for (const saved of (await load()).filter(which).reverse()) {
        const now = { ...saved, ...(await lookFor(saved)) };
        if (!files.has(saved.path) || now.state === 'good') files.set(saved.path, now);
      }
      return [...files.values()];
    },
  };
}

const isSameFile = (one: SavedRecord, other: SavedRecord): boolean =>
  one.path === other.path && one.sha256 === other.sha256;

/** Also under the name that it had before somebody renamed it. */
const isSameCopy = (one: SavedRecord, other: SavedRecord): boolean =>
  one.sha256 === other.sha256 && dirname(one.path) === dirname(other.path);
