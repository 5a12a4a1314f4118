/** The trust anchors: one JSON file beside the settings, certificates by profile, written atomically for its owner only. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writing } from '../disk/file-error.ts';
import { placeOf, readText } from '../disk/read-text.ts';
import { CertError } from '../errors.ts';
import type { TrustAnchor, TrustStore } from '../ports/trust-store.ts';
import type { TrustedCertificate, Verifier } from '../ports/verifier.ts';

const base64 = v.pipe(v.string(), v.base64());
const trustFile = v.object({
  schemaVersion: v.literal(1),
  everyProfile: v.array(base64),
  profiles: v.record(v.string(), v.array(base64)),
});
type TrustFile = v.InferOutput<typeof trustFile>;

interface Dependencies {
  readonly folder: string;
  /** Does work on the file while no other `cert` does. */
  readonly exclusively: (path: string, work: () => Promise<void>) => Promise<void>;
  readonly verifier: () => Promise<Pick<Verifier, 'certificates'>>;
}

export function createTrustStore({ folder, exclusively, verifier }: Dependencies): TrustStore {
  const path = join(folder, 'trust.json');

  async function update(change: (file: TrustFile) => TrustFile): Promise<void> {
    read(path);
    const { default: Conf } = await import('conf');
    await writing(path, () => mkdir(folder, { recursive: true, mode: 0o700 }));
    await exclusively(path, async () => {
      const conf = new Conf({
        cwd: folder,
        configName: 'trust',
        projectSuffix: '',
        clearInvalidConfig: false,
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
        serialize: (value) => `${JSON.stringify(value, null, 2)}\n`,
      });
      const changed = change(read(path));
      await writing(path, async () => {
        conf.store = changed;
      });
    });
  }

  async function anchorsOf(profile: string | null, encoded: readonly string[]): Promise<TrustAnchor[]> {
    if (encoded.length === 0) return [];
    const { certificates } = await verifier();
    return encoded.flatMap((one) =>
      certificates(path, Buffer.from(one, 'base64')).map((each) => ({ ...each, profile })),
    );
  }

  return {
    anchors: async (profile) => {
      const file = read(path);
      return [
        ...(profile === undefined ? [] : await anchorsOf(profile, listOf(file, profile))),
        ...(await anchorsOf(null, file.everyProfile)),
      ];
    },
    add: (profile, certificates) =>
      update((file) =>
        withList(file, profile ?? null, [...new Set([...listOf(file, profile ?? null), ...certificates.map(encode)])]),
      ),
    remove: (anchor) =>
      update((file) =>
        withList(
          file,
          anchor.profile,
          listOf(file, anchor.profile).filter((one) => one !== encode(anchor)),
        ),
      ),
    async move(from, to) {
      if (!Object.hasOwn(read(path).profiles, from)) return;
      await update(({ profiles: { [from]: moved = [], ...profiles }, ...file }) => ({
        ...file,
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

function read(path: string): TrustFile {
  const text = readText(path);
  if (text === undefined) return { schemaVersion: 1, everyProfile: [], profiles: {} };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new CertError('CONFIG_INVALID', { path, detail: 'not-json' }, { cause: error });
  }
  const result = v.safeParse(trustFile, content);
  if (result.success) return result.output;
  throw new CertError('CONFIG_INVALID', { path, detail: 'wrong-value', ...placeOf(result.issues[0]) });
}
