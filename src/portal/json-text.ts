/** The JSON of an answer. How deep and how large it is is known before anything is built of it. */
import type { ProtocolFault } from '../errors.ts';

const MAX_DEPTH = 64;
/** A full page of the contract has less than a third of it. */
const MAX_VALUES = 250_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export type Parsed = { readonly value: unknown } | { readonly fault: ProtocolFault };

/**
 * Reads the bytes of a JSON text, UTF-8 with or without a byte order mark (RFC 8259, 8.1). Nothing is decoded that is
 * not certain, and what is no such text is named for what it is.
 */
export function parseJson(bytes: Uint8Array): Parsed {
  const fault = bytes.length === 0 ? ({ kind: 'empty' } as const) : (disguise(bytes) ?? excess(bytes));
  if (fault !== undefined) return { fault };
  const text = decoded('utf-8', bytes);
  if (text === undefined) return { fault: { kind: 'charset', ...(isGbk(bytes) ? { name: 'GBK' } : {}) } };
  const value = fromJson(text);
  return value === undefined ? { fault: { kind: /^\s*</.test(text) ? 'web-page' : 'not-json' } } : { value };
}

/** JSON has no undefined: that is for what is none. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Almost any bytes can be taken for GBK, but not for JSON in GBK. */
const isGbk = (bytes: Uint8Array): boolean => fromJson(decoded('gb18030', bytes) ?? '') !== undefined;

function decoded(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What its first bytes tell that JSON in UTF-8 cannot begin with. */
function disguise([first = 0, second]: Uint8Array): ProtocolFault | undefined {
  if (second === undefined) return undefined;
  if (first === 0x1f && second === 0x8b) return { kind: 'coding', name: 'gzip' };
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isAsciiInPairs = Math.min(first, second) === 0 && Math.max(first, second) >= 0x20 && second !== first;
  return hasMark || isAsciiInPairs ? { kind: 'charset', name: 'UTF-16' } : undefined;
}

/** More levels, or more values, than an answer may have: each value but the first follows a comma or a bracket. */
function excess(bytes: Uint8Array): ProtocolFault | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA) values += 1;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    }
    if (depth > MAX_DEPTH) return { kind: 'too-deep', most: MAX_DEPTH };
    if (values > MAX_VALUES) return { kind: 'too-many', most: MAX_VALUES };
  }
  return undefined;
}

function endOfString(bytes: Uint8Array, quote: number): number {
  let at = quote + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
