/**
 * ASN.1 elements as X.690 encodes them. Of BER only the indefinite length is taken beside DER: some producers write
 * the outer layers of a signature container so. Everything else has one encoding, and bytes left over are refused.
 */

export class Asn1Failure extends Error {}

const MAX_DEPTH = 48;
const MAX_ELEMENTS = 200_000;
const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific: `context(0)` is constructed, `primitive(0)` is not. */
  context: (number: number) => 0xa0 + number,
  primitive: (number: number) => 0x80 + number,
} as const;

export class Element {
  /** The identifier octet. */
  readonly tag: number;
  /** The whole encoding. */
  readonly raw: Buffer;
  /** The contents octets, without an end-of-contents marker. */
  readonly content: Buffer;
  /** Empty where it is primitive. */
  readonly children: readonly Element[];
  readonly isIndefinite: boolean;

  constructor(tag: number, raw: Buffer, content: Buffer, children: readonly Element[], isIndefinite: boolean) {
    this.tag = tag;
    this.raw = raw;
    this.content = content;
    this.children = children;
    this.isIndefinite = isIndefinite;
  }

  /** The element itself where it has that tag. @throws Asn1Failure */
  as(tag: number): Element {
    if (this.tag !== tag) throw new Asn1Failure(`tag ${this.tag} in place of ${tag}`);
    return this;
  }

  /** @throws Asn1Failure where there is none, or it has another tag */
  child(index: number, tag?: number): Element {
    const child = this.children[index];
    if (child === undefined) throw new Asn1Failure(`no element ${index}`);
    return tag === undefined ? child : child.as(tag);
  }
}

/** The one element that the bytes are, in DER. @throws Asn1Failure */
export function parseDer(bytes: Buffer): Element {
  const element = parseFirst(bytes, { allowIndefinite: false });
  if (element.raw.length !== bytes.length) throw new Asn1Failure('bytes after the element');
  return element;
}

/** The element that the bytes begin with. @throws Asn1Failure */
export function parseFirst(bytes: Buffer, options: { allowIndefinite: boolean }): Element {
  let elements = 0;

  function read(start: number, end: number, depth: number): Element {
    elements += 1;
    if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) throw new Asn1Failure('too deep or too many elements');
    const tag = byteAt(bytes, start, end);
    if ((tag & 0x1f) === 0x1f) throw new Asn1Failure('high tag number');
    const first = byteAt(bytes, start + 1, end);
    const isConstructed = (tag & CONSTRUCTED) !== 0;
    if (first === INDEFINITE) {
      if (!isConstructed || !options.allowIndefinite) throw new Asn1Failure('indefinite length');
      return readIndefinite(tag, start, end, depth);
    }
    const { contentStart, length } = readLength(bytes, start + 1, end);
    const contentEnd = contentStart + length;
    if (contentEnd > end) throw new Asn1Failure('length beyond the end');
    const children: Element[] = [];
    for (let at = contentStart; isConstructed && at < contentEnd; ) {
      const child = read(at, contentEnd, depth + 1);
      children.push(child);
      at += child.raw.length;
    }
    const content = bytes.subarray(contentStart, contentEnd);
    return new Element(tag, bytes.subarray(start, contentEnd), content, children, false);
  }

  function readIndefinite(tag: number, start: number, end: number, depth: number): Element {
    const children: Element[] = [];
    let at = start + 2;
    while (byteAt(bytes, at, end) !== 0 || byteAt(bytes, at + 1, end) !== 0) {
      const child = read(at, end, depth + 1);
      children.push(child);
      at += child.raw.length;
    }
    return new Element(tag, bytes.subarray(start, at + 2), bytes.subarray(start + 2, at), children, true);
  }

  return read(0, bytes.length, 0);
}

/**
 * The tags that the bytes open with: of their first element, of the first one in it, and so on down to that depth. It
 * looks no further, so it says nothing of whether they are ASN.1 at all.
 */
export function openingTags(bytes: Uint8Array, depth: number): number[] {
  const tags: number[] = [];
  for (let at = 0; tags.length < depth && at < bytes.length; ) {
    const [tag = 0, length = 0] = bytes.subarray(at, at + 2);
    tags.push(tag);
    at += 2 + (length > INDEFINITE ? length & 0x7f : 0);
  }
  return tags;
}

function byteAt(bytes: Buffer, at: number, end: number): number {
  const byte = at < end ? bytes[at] : undefined;
  if (byte === undefined) throw new Asn1Failure('cut short');
  return byte;
}

/** A length that is definite, and as short as can be (X.690, 10.1). @throws Asn1Failure */
export function readLength(bytes: Buffer, at: number, end: number): { contentStart: number; length: number } {
  const first = byteAt(bytes, at, end);
  if (first < 0x80) return { contentStart: at + 1, length: first };
  const count = first & 0x7f;
  if (count > 4) throw new Asn1Failure('length too long');
  let length = 0;
  for (let index = 1; index <= count; index += 1) length = length * 256 + byteAt(bytes, at + index, end);
  if (length < 0x80 || length < 256 ** (count - 1)) throw new Asn1Failure('length not minimal');
  return { contentStart: at + 1 + count, length };
}
