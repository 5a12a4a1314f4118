/** The secrets that a run knows, and texts without them, in whichever spelling a portal repeats them. */

export const HIDDEN = '***';

/** Shorter ones stand in ordinary words: to hide them could hide what a message says. */
const LEAST_CHARACTERS = 6;
/** Of a secret in base64 that is searched for. */
const LEAST_BASE64_CHARACTERS = 6;

export interface Learning {
  /** The fewest characters that are hidden; 6 when left out. */
  readonly least?: number;
  /** A token, which is nobody's choice: it is hidden even where it is the same as a word that is said openly. */
  readonly isToken?: boolean;
}

export interface KnownSecrets {
  /** From now on this is hidden; undefined and what is too short never is. */
  learn(secret: string | undefined, learning?: Learning): void;
  /** A word that is said openly, such as the id of a certificate: a password that is the same hides nothing of it. */
  allow(word: string | undefined): void;
  /** The text with `***` for every secret: as it is, escaped for JSON, URLs or HTML, in base64 or hexadecimal. */
  hide(text: string): string;
}

export function createKnownSecrets(): KnownSecrets {
  const tokens = new Map<string, boolean>();
  const open = new Set<string>();
  let patterns: Record<'plain' | 'escaped', RegExp> | undefined;

  const compiled = () => {
    // The longest first: a secret may contain another.
    const known = [...tokens.keys()].sort((a, b) => b.length - a.length);
    const encoded = known.flatMap(encodings);
    const any = (spell: (secret: string) => string) => new RegExp([...known.map(spell), ...encoded].join('|'), 'g');
    patterns ??= { plain: any(literally), escaped: any(escaped) };
    return patterns;
  };
  const isOpen = (found: string, at: number, text: string): boolean =>
    tokens.get(found) === false && open.has(wordAround(text, at, found.length));

  return {
    learn(secret = '', { least = LEAST_CHARACTERS, isToken = false } = {}) {
      if (secret.length < least || tokens.get(secret) === true || tokens.get(secret) === isToken) return;
      tokens.set(secret, isToken);
      patterns = undefined;
    },
    allow: (word) => void (word && open.add(word)),
    hide(text) {
      if (tokens.size === 0) return text;
      const { plain, escaped } = compiled();
      return text.replace(/[\\%&]/.test(text) ? escaped : plain, (found: string, at: number) =>
        isOpen(found, at, text) ? found : HIDDEN,
      );
    },
  };
}

/** What may be part of an identifier. */
const OF_A_WORD = /[\w.~-]/;

function wordAround(text: string, at: number, length: number): string {
  let [start, end] = [at, at + length];
  while (start > 0 && OF_A_WORD.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && OF_A_WORD.test(text.charAt(end))) end += 1;
  return text.slice(start, end);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const eitherCase = (hex: string): string => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
const hexOf = (number: number, digits: number): string => eitherCase(number.toString(16).padStart(digits, '0'));

/** Each character as it is, or escaped: `\u0061`, `%61`, `&#97;`, `&#x61;`, also escaped twice. */
const escaped = (secret: string): string =>
  [...secret]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const units = character.split('').map((unit) => `\\\\+u${hexOf(unit.charCodeAt(0), 4)}`);
      const bytes = [...Buffer.from(character)].map((byte) => `%(?:25)*${hexOf(byte, 2)}`);
      const backslashes = /["\\/]/.test(character) ? '\\\\*' : '';
      return `(?:${backslashes}${literally(character)}|${units.join('')}|${bytes.join('')}|&#0*${code};|&#[xX]0*${hexOf(code, 1)};)`;
    })
    .join('');

/** In hexadecimal and in base64, wherever in a longer text it stands: of the outermost characters only some bits are its own. */
function encodings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    return own.length < LEAST_BASE64_CHARACTERS ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const around = '[\\w+/-]{0,2}';
  return [
    ...(bytes.length < LEAST_CHARACTERS ? [] : [eitherCase(bytes.toString('hex'))]),
    ...[...new Set(base64)].map((own) => `${around}${literally(own)}${around}={0,2}`),
  ];
}

const ADDRESS = /^(?:[a-z][a-z\d+.-]*:)?[\\/]*([^@]*)@/i;

/** What stands before the host in an address, if it is a secret: `user:secret@`, or a bare token. */
export function secretsOfAddress(address: string | undefined): string[] {
  const userInfo = ADDRESS.exec(address?.replace(/%40|＠/g, '@') ?? '')?.[1];
  if (userInfo === undefined) return [];
  const secret = userInfo.slice(userInfo.indexOf(':') + 1);
  return [secret, decodedOr(secret)];
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
