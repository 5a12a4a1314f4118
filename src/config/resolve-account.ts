import { portalName, portalOrigin } from '../domain/portal-origin.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Account, Config, Profile, Source } from '../ports/settings.ts';
import type { GlobalOptions } from '../ports/surroundings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Sources {
  readonly options: Pick<GlobalOptions, 'profile' | 'portal'>;
  readonly environment: Environment;
  readonly config: Config;
}

/**
 * Which portal and account this call is about: flag, then environment, then profile, then setting.
 *
 * A stored secret is never sent to a portal that it was not stored for: a portal named for this call that is not the
 * profile's leaves the profile out altogether. Credentials in the environment leave the profile's secrets out.
 * @throws CertError PROFILE_NOT_FOUND, ENVIRONMENT_INVALID
 */
export function resolveAccount({ options, environment, config }: Sources): Account {
  const credentials = credentialsVariable(environment);
  if (options.profile !== undefined && credentials !== undefined)
    throw new CertError('ENVIRONMENT_INVALID', { name: credentials, detail: 'with-profile' });
  const named = namedPortal(options, environment);
  const chosen = chosenProfile(options, environment, config);
  const applies = chosen !== undefined && (named === undefined || samePortal(named.value, chosen.profile.portal));
  const stored = applies && credentials === undefined ? chosen : undefined;
  const { CERT_USERNAME } = environment;
  return {
    profile: stored?.name,
    profileSource: stored?.source,
    portal: named ?? (applies ? from('profile', chosen.profile.portal) : from('config', config.settings.portal)),
    username: from('environment', CERT_USERNAME) ?? from('profile', stored?.profile.username),
    store: stored?.profile.store,
  };
}

/** An address that is no portal's is the same as none. Names of this machine differ: see `portalIdentity`. */
function samePortal(one: string, other: string): boolean {
  try {
    return portalName(portalOrigin(one)) === portalName(portalOrigin(other));
  } catch (error) {
    if (!isCertError(error)) throw error;
    return false;
  }
}

/** The variable that brings credentials of its own; an empty one counts as unset. */
function credentialsVariable({ CERT_TOKEN, CERT_USERNAME, CERT_PASSWORD }: Environment): string | undefined {
  if (CERT_USERNAME && !CERT_PASSWORD) throw missing('CERT_PASSWORD', 'CERT_USERNAME');
  if (CERT_PASSWORD && !CERT_USERNAME) throw missing('CERT_USERNAME', 'CERT_PASSWORD');
  if (CERT_TOKEN) return 'CERT_TOKEN';
  return CERT_USERNAME ? 'CERT_USERNAME' : undefined;
}

const missing = (name: string, other: string) =>
  new CertError('ENVIRONMENT_INVALID', { name, detail: 'incomplete', other });

const from = (source: Source, value: string | undefined) => (value ? { value, source } : undefined);

const namedPortal = ({ portal }: Sources['options'], { CERT_PORTAL }: Environment) =>
  portal === undefined ? from('environment', CERT_PORTAL) : ({ value: portal, source: 'flag' } as const);

function chosenProfile(
  options: Sources['options'],
  { CERT_PROFILE }: Environment,
  { profiles, currentProfile }: Config,
) {
  const name = options.profile ?? CERT_PROFILE;
  const wanted = name || currentProfile;
  if (wanted === null) return undefined;
  const profile = profileNamed(profiles, wanted);
  const source = options.profile ? 'flag' : name ? 'environment' : 'config';
  if (profile !== undefined) return { name: wanted, profile, source } as const;
  if (name) throw new CertError('PROFILE_NOT_FOUND', { name, known: Object.keys(profiles) });
  return undefined;
}

const profileNamed = (profiles: Config['profiles'], name: string): Profile | undefined =>
  Object.hasOwn(profiles, name) ? profiles[name] : undefined;
