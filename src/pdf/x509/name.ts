import { oidOf, textOf } from '../asn1/decode.ts';
import { type Element, TAG } from '../asn1/element.ts';

const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

const MAX_CHARACTERS = 256;

/** Resident identity numbers stand in the names of many Chinese certificates. */
const IDENTITY_NUMBER = /(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g;

/** A text of a stranger as it may be shown: one line, no control characters, no identity number. */
export const shownText = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, ' ').replace(IDENTITY_NUMBER, '$1********$2')]
    .slice(0, MAX_CHARACTERS)
    .join('')
    .trim();

interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** @throws Asn1Failure */
function attributesOf(name: Element): Attribute[] {
  return name.as(TAG.sequence).children.flatMap((set) =>
    set.as(TAG.set).children.map((attribute) => {
      const oid = oidOf(attribute.child(0));
      return { type: SHORT[oid] ?? oid, value: shownText(textOf(attribute.child(1)) ?? '') };
    }),
  );
}

/** `CN=…, O=…` as it stands in the certificate. @throws Asn1Failure */
export const fullName = (name: Element): string =>
  attributesOf(name)
    .filter(({ value }) => value !== '')
    .map(({ type, value }) => `${type}=${value}`)
    .join(', ');

/** The one part that people know it by. @throws Asn1Failure */
export function shortName(name: Element): string {
  const attributes = attributesOf(name);
  const last = (type: string) => attributes.findLast((one) => one.type === type && one.value !== '')?.value;
  return last('CN') ?? last('O') ?? last('OU') ?? fullName(name);
}
