/** Which file holds which annotation of which certificate. */
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Locking } from '../disk/exclusive.ts';
import { JsonFile } from '../disk/json-file.ts';
import { portalIdentity } from '../domain/portal-origin.ts';
import type { SavedRecord, Wallet, WalletFile } from '../ports/wallet.ts';
import { createFinder } from './whereabouts.ts';

const record = v.object({
  portal: v.string(),
  certificateId: v.string(),
  qualification: v.string(),
  annotationId: v.nullable(v.string()),
  scenario: v.nullable(v.string()),
  /** No path of a file has a zero byte. */
  path: v.pipe(v.string(), v.excludes('\0')),
  named: v.boolean(),
  sha256: v.string(),
  bytes: v.number(),
  validUntil: v.nullable(v.pipe(v.string(), v.isoDate())),
  savedAt: v.string(),
  via: v.optional(v.literal('import')),
  holderName: v.optional(v.string()),
  verdict: v.optional(v.picklist(['valid', 'invalid', 'unknown'])),
});
const walletFile = v.object({ files: v.array(record) });

interface Dependencies {
  readonly stateFolder: string;
  readonly locking: Locking;
}

export function createWallet({ stateFolder, locking }: Dependencies): Wallet {
  const file = new JsonFile<{ readonly files: readonly SavedRecord[] }>({
    path: join(stateFolder, 'wallet.json'),
    version: 1,
    schema: walletFile,
    empty: { files: [] },
    lockName: 'wallet',
    locking,
  });
  const change = (next: (files: readonly SavedRecord[]) => SavedRecord[]) =>
    file.update(({ files }) => ({ files: next(files).map(named) }));

  return {
    ensureWritable: () => file.ensureWritable(),
    announce: (coming) => change((known) => [...known.filter((one) => !isSameFile(one, coming)), coming]),
    remember: (fresh, replaced) =>
      change((known) => [
        ...known.filter((one) => one.path !== fresh.path && !(replaced && isSameCopy(one, replaced))),
        fresh,
      ]),
    async files(which) {
      const files = new Map<string, WalletFile>();
      const lookFor = createFinder();
      for (const saved of file.read().files.map(named).filter(which).toReversed()) {
        const now = { ...saved, ...(await lookFor(saved)) };
        if (!files.has(saved.path) || now.state === 'good') files.set(saved.path, now);
      }
      return [...files.values()];
    },
  };
}

/** Earlier releases named one portal as each person spelled it. */
const named = (saved: SavedRecord): SavedRecord => ({ ...saved, portal: portalIdentity(saved.portal) });

const isSameFile = (one: SavedRecord, other: SavedRecord): boolean =>
  one.path === other.path && one.sha256 === other.sha256;

/** Also under the name that it had before somebody renamed it. */
const isSameCopy = (one: SavedRecord, other: SavedRecord): boolean =>
  one.sha256 === other.sha256 && dirname(one.path) === dirname(other.path);
