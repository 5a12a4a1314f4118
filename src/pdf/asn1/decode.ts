import { Asn1Failure, type Element, TAG } from './element.ts';

/** An object identifier in dotted form. @throws Asn1Failure */
export function oidOf(element: Element): string {
  const { content } = element.as(TAG.oid);
  if (content.length === 0 || content.length > 64 || ((content.at(-1) as number) & 0x80) !== 0)
    throw new Asn1Failure('object identifier');
  const arcs: bigint[] = [];
  let arc = 0n;
  let isFresh = true;
  for (const byte of content) {
    if (isFresh && byte === 0x80) throw new Asn1Failure('object identifier');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    isFresh = (byte & 0x80) === 0;
    if (!isFresh) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...rest].join('.');
}

/** A small number that is not negative. @throws Asn1Failure */
export function smallInteger(element: Element): number {
  const { content } = element.as(TAG.integer);
  if (content.length === 0 || content.length > 4 || (content[0] as number) >= 0x80) throw new Asn1Failure('integer');
  if (content.length > 1 && content[0] === 0 && (content[1] as number) < 0x80) throw new Asn1Failure('integer');
  return content.readUIntBE(0, content.length);
}

/** A number above zero, however large, in its one encoding. @throws Asn1Failure */
export function positiveInteger(element: Element): bigint {
  const { content } = element.as(TAG.integer);
  const [first = 0x80, second = 0] = content;
  const number = BigInt(`0x0${content.toString('hex')}`);
  if (first >= 0x80 || (first === 0 && second < 0x80) || number === 0n) throw new Asn1Failure('integer');
  return number;
}

/** Only the encodings of DER. @throws Asn1Failure */
export function booleanOf(element: Element): boolean {
  const { content } = element.as(TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new Asn1Failure('boolean');
  return content[0] === 0xff;
}

/** A bit string of whole bytes. @throws Asn1Failure */
export function bytesOfBits(element: Element): Buffer {
  const { content } = element.as(TAG.bitString);
  if (content.length < 1 || content[0] !== 0) throw new Asn1Failure('bit string');
  return content.subarray(1);
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/;

/** UTCTime or GeneralizedTime in the forms of RFC 5280, 4.1.2.5; fractions are dropped. @throws Asn1Failure */
export function timeOf({ tag, content }: Element): Date {
  const text = content.toString('latin1');
  const parts = (tag === TAG.utcTime ? UTC_TIME : tag === TAG.generalizedTime ? GENERALIZED_TIME : undefined)?.exec(
    text,
  );
  if (!parts) throw new Asn1Failure('time');
  const [, year = '', month, day, hour, minute, second] = parts;
  const century = year.length === 4 ? '' : Number(year) < 50 ? '20' : '19';
  const time = new Date(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time.getTime())) throw new Asn1Failure('time');
  return time;
}

const DECODERS: Readonly<Record<number, (bytes: Buffer) => string>> = {
  [TAG.utf8String]: (bytes) => bytes.toString('utf8'),
  [TAG.printableString]: (bytes) => bytes.toString('latin1'),
  [TAG.teletexString]: (bytes) => bytes.toString('latin1'),
  [TAG.ia5String]: (bytes) => bytes.toString('latin1'),
  [TAG.bmpString]: (bytes) =>
    Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le'),
};

/** The text of a string of any kind; undefined for what is none. */
export const textOf = ({ tag, content }: Element): string | undefined => DECODERS[tag]?.(content);
