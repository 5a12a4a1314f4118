/** The trust anchors: one JSON file beside the settings, certificates by profile, written atomically for its owner only. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { TrustAnchor, TrustedCertificate, TrustStore, Verifier } from '../context.ts';
import { CertError } from '../errors.ts';
import { systemCode, writing } from '../file-error.ts';

const base64 = v.pipe(v.string(), v.base64());
const trustFile = v.object({
  schemaVersion: v.literal(1),
  everyProfile: v.array(base64),
  profiles: v.record(v.string(), v.array(base64)),
});
type TrustFile = v.InferOutput<typeof trustFile>;

interface Dependencies {
  readonly folder: string;
  readonly verifier: () => Promise<Pick<Verifier, 'certificates'>>;
}

export function createTrustStore({ folder, verifier }: Dependencies): TrustStore {
  const path = join(folder, 'trust.json');

  async function update(change: (file: TrustFile) => TrustFile): Promise<void> {
    read(path);
    const { default: Conf } = await import('conf');
    await writing(path, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const conf = new Conf({
        cwd: folder,
        configName: 'trust',
        projectSuffix: '',
        clearInvalidConfig: false,
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
        serialize: (value) => `${JSON.stringify(value, null, 2)}\n`,
      });
      // Nothing is awaited between reading and writing, so another process has no more than a moment to interfere.
      conf.store = change(read(path));
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
  };
}

const encode = ({ der }: TrustedCertificate): string => Buffer.from(der).toString('base64');

const listOf = ({ everyProfile, profiles }: TrustFile, profile: string | null): readonly string[] =>
  profile === null ? everyProfile : Object.hasOwn(profiles, profile) ? (profiles[profile] ?? []) : [];

const withList = (file: TrustFile, profile: string | null, list: string[]): TrustFile =>
  profile === null ? { ...file, everyProfile: list } : { ...file, profiles: { ...file.profiles, [profile]: list } };

function read(path: string): TrustFile {
  const invalid = (detail: string, cause?: unknown) => new CertError('CONFIG_INVALID', { path, detail }, { cause });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { schemaVersion: 1, everyProfile: [], profiles: {} };
    throw invalid(code ?? 'it is not JSON', error);
  }
  const result = v.safeParse(trustFile, content);
  if (result.success) return result.output;
  throw invalid(`${v.getDotPath(result.issues[0]) ?? 'the whole'}: ${result.issues[0].message}`);
}
