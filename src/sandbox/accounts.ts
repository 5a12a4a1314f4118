/** Logging in, challenges, registration, the third-party check. */
import type { InferInput } from 'valibot';
import type {
  Challenge,
  ChallengeAnswer,
  Credentials,
  Lookup,
  lookupResult,
  Registration,
  Session,
} from '../contract/schemas.ts';
import { meets, PASSWORD_POLICY, USERNAME_POLICY } from '../domain/credential-policy.ts';
import { challengeImage } from './challenge-image.ts';
import { ID_TYPES, isIdNumber, isSameIdNumber, normalIdNumber } from './id-documents.ts';
import { holderNameOf, passwordHash } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Registry } from './registry.ts';
import type { ChallengeKind, StoredChallenge } from './state.ts';

type LookupAnswer = InferInput<typeof lookupResult>;

const WRONG_PASSWORDS = 5;
const LOCK_MS = 15 * 60_000;
const CHALLENGE_LIFE_MS = 5 * 60_000;

export function logIn(registry: Registry, { username, password, challenge }: Credentials): Session {
  const { accounts, received } = registry.state;
  const attempts = Object.hasOwn(received.logIns, username) ? received.logIns[username] : 0;
  received.logIns[username] = (attempts ?? 0) + 1;
  passChallenge(registry, registry.state.challenge, challenge);
  const account = Object.hasOwn(accounts, username) ? accounts[username] : undefined;
  if (account === undefined) throw new Refusal('INVALID_CREDENTIALS');
  if (account.lockedUntil !== null) {
    if (!registry.isPast(account.lockedUntil)) throw new Refusal('ACCOUNT_LOCKED', { until: account.lockedUntil });
    account.lockedUntil = null;
    account.wrongPasswords = 0;
  }
  if (account.passwordHash !== passwordHash(username, password)) {
    account.wrongPasswords += 1;
    if (account.wrongPasswords < WRONG_PASSWORDS)
      throw new Refusal('INVALID_CREDENTIALS', { attemptsLeft: WRONG_PASSWORDS - account.wrongPasswords });
    account.lockedUntil = registry.later(LOCK_MS);
    throw new Refusal('ACCOUNT_LOCKED', { until: account.lockedUntil });
  }
  account.wrongPasswords = 0;
  return registry.openSession(account);
}

/**
 * @throws Refusal CHALLENGE_REQUIRED without an answer, CHALLENGE_FAILED with a wrong or late one: both with a fresh
 * challenge. A QR code that is not confirmed yet is CHALLENGE_REQUIRED with the same challenge, so that it can be asked for again.
 */
function passChallenge(registry: Registry, kind: ChallengeKind, answer: ChallengeAnswer | undefined): void {
  if (kind === 'none') return;
  const { challenges } = registry.state;
  const asked = answer !== undefined && Object.hasOwn(challenges, answer.id) ? challenges[answer.id] : undefined;
  if (asked?.kind === 'qr' && !asked.confirmed && !registry.isPast(asked.expiresAt))
    throw new Refusal('CHALLENGE_REQUIRED', { challenge: shown(asked) });
  if (asked !== undefined) delete challenges[asked.id];
  const passed =
    asked !== undefined &&
    !registry.isPast(asked.expiresAt) &&
    (asked.kind === 'qr' ? asked.confirmed : asked.answer === answer?.answer.trim());
  if (passed) return;
  throw new Refusal(answer === undefined ? 'CHALLENGE_REQUIRED' : 'CHALLENGE_FAILED', {
    challenge: shown(newChallenge(registry, kind)),
  });
}

/** What a login asks besides the password, for whoever shows it before a password was sent; undefined for nothing. */
export function askChallenge(registry: Registry): Challenge | undefined {
  const { challenge: kind } = registry.state;
  return kind === 'none' ? undefined : shown(newChallenge(registry, kind));
}

function newChallenge(registry: Registry, kind: StoredChallenge['kind']): StoredChallenge {
  const id = registry.newId();
  const answer = String(Number.parseInt(id.replace(/[^0-9a-f]/gi, '').slice(0, 8), 16) % 1_000_000).padStart(6, '0');
  const challenge = { id, kind, answer, expiresAt: registry.later(CHALLENGE_LIFE_MS), confirmed: false };
  registry.state.challenges[id] = challenge;
  registry.onAsked(challenge);
  return challenge;
}

function shown({ id, kind, answer, expiresAt }: StoredChallenge): Challenge {
  const prompt = { image: '请输入图中的数字', sms: '请输入短信验证码', qr: '请用网站的应用扫码确认' }[kind];
  return {
    id,
    kind,
    prompt,
    expiresAt,
    ...(kind === 'image' ? { image: challengeImage(answer) } : {}),
    ...(kind === 'qr' ? { payload: `cert-sandbox:confirm:${id}` } : {}),
  };
}

/** What the code of a login by QR code says. */
export const qrPayload = (id: string): string => `cert-sandbox:login:${id}`;

export function register(registry: Registry, registration: Registration): { username: string } {
  const { username, password, idType, name, phone } = registration;
  const idNumber = normalIdNumber(registration.idNumber);
  const { accounts, features } = registry.state;
  if (!features.registration) throw new Refusal('FEATURE_NOT_AVAILABLE');
  passChallenge(registry, registry.state.challenge, registration.challenge);
  const wrong: readonly (readonly [field: string, isWrong: boolean])[] = [
    ['username', !meets(USERNAME_POLICY, username)],
    ['password', !meets(PASSWORD_POLICY, password)],
    ['idType', !ID_TYPES.some(({ code }) => code === idType)],
    ['idNumber', !isIdNumber(idType, idNumber)],
    ['name', name.trim() === ''],
    ['phone', !/^\+?\d{7,15}$/.test(phone)],
  ];
  const fields = wrong
    .filter(([, isWrong]) => isWrong)
    .map(([field]) => ({ field, message: 'does not follow the policy' }));
  if (fields.length > 0) throw new Refusal('VALIDATION_FAILED', { fields });
  // `in`, so that nobody is called `__proto__`.
  if (username in accounts) throw new Refusal('USERNAME_TAKEN');
  if (Object.values(accounts).some((account) => isSameIdNumber(account.idNumber, idNumber)))
    throw new Refusal('ID_ALREADY_REGISTERED');
  accounts[username] = {
    username,
    passwordHash: passwordHash(username, password),
    name,
    idType,
    idNumber,
    acceptedNotice: null,
    wrongPasswords: 0,
    lockedUntil: null,
  };
  return { username };
}

/**
 * The third-party check: name, document number and management number must all fit; the enquiry number takes the place
 * of a management number. It always asks a challenge.
 */
export function lookUp(registry: Registry, asked: Lookup): LookupAnswer {
  const { accounts, features } = registry.state;
  if (!features.lookup) throw new Refusal('FEATURE_NOT_AVAILABLE');
  passChallenge(registry, registry.state.challenge === 'none' ? 'image' : registry.state.challenge, asked.challenge);
  const found = registry.allCertificates().find((candidate) => {
    const { managementNumber, enquiryNumber, owner } = candidate;
    const holder = accounts[owner];
    return (
      holder !== undefined &&
      holderNameOf(candidate, holder) === asked.name &&
      isSameIdNumber(holder.idNumber, asked.idNumber) &&
      (asked.managementNumber === undefined
        ? enquiryNumber === asked.enquiryNumber
        : managementNumber === asked.managementNumber)
    );
  });
  if (found === undefined) return { found: false };
  const { owner: _owner, id: _id, kind: _kind, annotationRequired: _required, holderName: _name, ...told } = found;
  return { found: true, ...told };
}
