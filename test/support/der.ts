/** Writes ASN.1 in DER: what tests make by hand, so that what reads it is not tested against itself. */

export type Der = Buffer;

function tlv(tag: number, ...contents: readonly Der[]): Der {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** As some producers write the outer layers: of a length that only its end tells (BER). */
export const indefinite = (tag: number, ...items: readonly Der[]): Der =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...items, Buffer.from([0, 0])]);

/** The same element with its length in one byte more than it needs, which BER allows and DER does not. */
export function overlong(der: Der): Der {
  const [tag = 0, first = 0] = der;
  if (first < 0x80) return Buffer.concat([Buffer.from([tag, 0x81]), der.subarray(1)]);
  return Buffer.concat([Buffer.from([tag, first + 1, 0]), der.subarray(2)]);
}

export const sequence = (...items: readonly Der[]): Der => tlv(0x30, ...items);
export const setOf = (...items: readonly Der[]): Der => tlv(0x31, ...[...items].sort(Buffer.compare));
export const context = (number: number, ...items: readonly Der[]): Der => tlv(0xa0 + number, ...items);
export const primitive = (number: number, content: Der): Der => tlv(0x80 + number, content);
export const octets = (content: Der): Der => tlv(0x04, content);
export const bits = (content: Der, unusedBits = 0): Der => tlv(0x03, Buffer.from([unusedBits]), content);
export const integer = (number: number): Der => tlv(0x02, Buffer.from([number]));
export const bytesInteger = (bytes: Buffer): Der => tlv(0x02, bytes);
export const boolean = (value: boolean): Der => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const nothing = (): Der => tlv(0x05);
export const ia5 = (text: string): Der => tlv(0x16, Buffer.from(text, 'latin1'));
export const printable = (text: string): Der => tlv(0x13, Buffer.from(text, 'latin1'));
export const utf8 = (text: string): Der => tlv(0x0c, Buffer.from(text));
const digitsOf = (when: Date): string => when.toISOString().replace(/[-:T]|\.\d+/g, '');
export const utcTime = (when: Date): Der => tlv(0x17, Buffer.from(digitsOf(when).slice(2)));
export const generalizedTime = (when: Date): Der => tlv(0x18, Buffer.from(digitsOf(when)));
export const time = (when: Date): Der => (when.getUTCFullYear() < 2050 ? utcTime(when) : generalizedTime(when));

export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  const base128 = (arc: number): number[] => {
    const bytes = [arc & 0x7f];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80);
    return bytes;
  };
  return tlv(0x06, Buffer.from([first * 40 + second, ...arcs.flatMap(base128)]));
}

export const algorithm = (dotted: string, ...parameters: readonly Der[]): Der => sequence(oid(dotted), ...parameters);
