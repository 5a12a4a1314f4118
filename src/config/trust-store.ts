/** The trust anchors: one JSON file beside the settings, certificates by profile. */
import { join } from 'node:path';
import * as v from 'valibot';
import type { Locking } from '../disk/exclusive.ts';
import { JsonFile } from '../disk/json-file.ts';
import type { TrustAnchor, TrustStore } from '../ports/trust-store.ts';
import type { TrustedCertificate, Verifier } from '../ports/verifier.ts';

const base64 = v.pipe(v.string(), v.base64());
const trustFile = v.object({
  everyProfile: v.array(base64),
  profiles: v.record(v.string(), v.array(base64)),
});
type TrustFile = v.InferOutput<typeof trustFile>;

interface Dependencies {
  readonly folder: string;
  readonly locking: Locking;
  readonly verifier: () => Promise<Pick<Verifier, 'certificates'>>;
}

export function createTrustStore({ folder, locking, verifier }: Dependencies): TrustStore {
  const file = new JsonFile<TrustFile>({
    path: join(folder, 'trust.json'),
    version: 1,
    schema: trustFile,
    empty: { everyProfile: [], profiles: {} },
    lockName: 'trust',
    locking,
  });

  async function anchorsOf(profile: string | null, encoded: readonly string[]): Promise<TrustAnchor[]> {
    if (encoded.length === 0) return [];
    const { certificates } = await verifier();
    return encoded.flatMap((one) =>
      certificates(file.path, Buffer.from(one, 'base64')).map((each) => ({ ...each, profile })),
    );
  }

  return {
    anchors: async (profile) => {
      const known = file.read();
      return [
        ...(profile === undefined ? [] : await anchorsOf(profile, listOf(known, profile))),
        ...(await anchorsOf(null, known.everyProfile)),
      ];
    },
    ensureWritable: () => file.ensureWritable(),
    add: (profile, certificates) =>
      file.update((now) =>
        withList(now, profile ?? null, [...new Set([...listOf(now, profile ?? null), ...certificates.map(encode)])]),
      ),
    remove: (anchor) =>
      file.update((now) =>
        withList(
          now,
          anchor.profile,
          listOf(now, anchor.profile).filter((one) => one !== encode(anchor)),
        ),
      ),
    async move(from, to) {
      if (!Object.hasOwn(file.read().profiles, from)) return;
      await file.update(({ profiles: { [from]: moved = [], ...profiles }, ...others }) => ({
        ...others,
        profiles: to === undefined ? profiles : { ...profiles, [to]: moved },
      }));
    },
  };
}

const encode = ({ der }: TrustedCertificate): string => Buffer.from(der).toString('base64');

const listOf = ({ everyProfile, profiles }: TrustFile, profile: string | null): readonly string[] =>
  profile === null ? everyProfile : Object.hasOwn(profiles, profile) ? (profiles[profile] ?? []) : [];

const withList = (file: TrustFile, profile: string | null, list: string[]): TrustFile =>
  profile === null ? { ...file, everyProfile: list } : { ...file, profiles: { ...file.profiles, [profile]: list } };
