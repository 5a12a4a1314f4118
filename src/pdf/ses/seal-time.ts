import { timeOf } from '../asn1/decode.ts';
import { Asn1Failure, type Element, parseDer, TAG } from '../asn1/element.ts';
import { bytesIn } from './seal-signature.ts';

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The time of sealing. The edition of 2014 puts it into a BIT STRING and leaves open how: producers write an ASN.1 time
 * or the text of ISO 8601 there. A timestamp token is not read.
 * @throws Asn1Failure
 */
export function sealTimeOf(element: Element): Date {
  if (element.tag === TAG.utcTime || element.tag === TAG.generalizedTime) return timeOf(element);
  const bytes = bytesIn(element);
  if (bytes[0] === TAG.utcTime || bytes[0] === TAG.generalizedTime) return timeOf(parseDer(bytes));
  const text = bytes.toString('latin1');
  const time = new Date(ISO_8601.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new Asn1Failure('time');
  return time;
}
