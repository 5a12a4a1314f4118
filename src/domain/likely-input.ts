import { CertError, type InputReason } from '../errors.ts';

/**
 * What no keyboard types: control characters (C0, DEL, C1), spaces other than the common and the ideographic one,
 * characters without width, private ones, those that turn the direction of writing, halves of characters, and what
 * stands for bytes that are not UTF-8.
 */
const UNTYPABLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u115f\u1160\u2800\u3164\uffa0\ufffd]/u;
const BLANK = /[ \u3000]/;

/**
 * Which blanks are likely: none at all in names; in a password that was not typed none at its ends; `any` in one that
 * was. What is `ruled` has rules of its own for every character.
 */
export type LikelyBlanks = 'none' | 'inside' | 'any' | 'ruled';

/** Which blanks are likely in the secret that a flag asks for. Numbers and tokens have rules of their own. */
export const blanksOf = (flag: string, isTyped: boolean): LikelyBlanks => {
  if (/number|token/.test(flag)) return 'ruled';
  return isTyped ? 'any' : 'inside';
};

/** Why a value cannot have been meant; undefined for one that a person may have typed. */
export function unlikely(value: string, blanks: LikelyBlanks): InputReason | undefined {
  if (blanks === 'ruled') return undefined;
  if (UNTYPABLE.test(value)) return 'untypable';
  if (blanks === 'none' && BLANK.test(value)) return 'blank';
  const isBlankAtEnd = BLANK.test(value.charAt(0)) || BLANK.test(value.slice(-1));
  return blanks === 'inside' && isBlankAtEnd ? 'blank-at-end' : undefined;
}

/** The value without the carriage returns that a line break of Windows leaves at its end, and a byte order mark. */
const withoutLeftovers = (value: string): string => {
  let end = value.length;
  while (value.charAt(end - 1) === '\r') end -= 1;
  return value.slice(value.startsWith('\ufeff') ? 1 : 0, end);
};

/**
 * The value, if it can have been meant, without carriage returns at its end and a byte order mark.
 * @throws CertError INPUT_UNLIKELY with `source`, the flag or variable that brought it
 */
export function likely(value: string, source: string, blanks: LikelyBlanks): string {
  const mended = withoutLeftovers(value);
  const reason = unlikely(mended, blanks);
  if (reason !== undefined) throw new CertError('INPUT_UNLIKELY', { source, reason });
  return mended;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SECRETS = ['CERT_PASSWORD', 'CERT_PASSPHRASE', 'CERT_TOKEN'] as const;

/** The environment with its secrets mended, and the names of those that were. No blanks are around a token. */
export function mendedEnvironment(environment: Environment): { environment: Environment; mended: readonly string[] } {
  const changes = SECRETS.flatMap((name) => {
    const value = environment[name] ?? '';
    const mended = name === 'CERT_TOKEN' ? withoutLeftovers(value).trim() : withoutLeftovers(value);
    return mended === value ? [] : [[name, mended] as const];
  });
  return { environment: { ...environment, ...Object.fromEntries(changes) }, mended: changes.map(([name]) => name) };
}

/** @throws CertError INPUT_UNLIKELY for the variable of the user name or the password, if it cannot have been meant */
export function requireLikely({ CERT_USERNAME = '', CERT_PASSWORD = '' }: Environment): void {
  likely(CERT_USERNAME, 'CERT_USERNAME', 'none');
  likely(CERT_PASSWORD, 'CERT_PASSWORD', 'inside');
}
