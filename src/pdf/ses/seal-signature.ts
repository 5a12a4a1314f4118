/**
 * Electronic seals (电子签章). In the place of CMS, a signature of GB/T 38540-2020, or of GM/T 0031 of 2014 or 2025,
 * carries the seal itself: its name, its picture and who may use it, signed by its maker. The user signs all of that
 * together with the digest of the file. The editions are told apart by their shape: files of one say the version of
 * another. What was signed is the bytes as they stand there, which need not be the encoding that anybody else would
 * give them. Extensions are not interpreted.
 */
import { bytesOfBits, oidOf, smallInteger } from '../asn1/decode.ts';
import { Asn1Failure, type Element, TAG } from '../asn1/element.ts';

/** SES_Signature. */
export interface SealSignature {
  /** TBS_Sign as it stands in the file. */
  readonly signedBytes: Buffer;
  /** SESeal; `readSeal` reads it. */
  readonly seal: Element;
  /** `sealTimeOf` reads it. */
  readonly timeInfo: Element;
  readonly dataHash: Buffer;
  /** Of the user, DER. */
  readonly certificate: Buffer;
  /** Object identifier. */
  readonly algorithm: string;
  readonly signature: Buffer;
  /** On the signature, unsigned. */
  readonly timestamp: Buffer | undefined;
}

/** @throws Asn1Failure */
export function readSealSignature(container: Element): SealSignature {
  const parts = container.as(TAG.sequence).children.length;
  const toSign = container.child(0, TAG.sequence);
  const fields = toSign.children.length;
  const signed = {
    signedBytes: toSign.raw,
    seal: toSign.child(1, TAG.sequence),
    timeInfo: toSign.child(2),
    dataHash: bytesIn(toSign.child(3)),
  };
  smallInteger(toSign.child(0));
  toSign.child(4, TAG.ia5String);
  if (parts === 2 && fields === 7)
    return {
      ...signed,
      certificate: toSign.child(5, TAG.octetString).content,
      algorithm: oidOf(toSign.child(6)),
      signature: bytesOfBits(container.child(1)),
      timestamp: undefined,
    };
  if ((parts !== 4 && parts !== 5) || (fields !== 5 && fields !== 6)) throw new Asn1Failure('number of elements');
  const [, , , , timestamp] = container.children;
  requireExtensions(toSign.children[5]);
  return {
    ...signed,
    certificate: container.child(1, TAG.octetString).content,
    algorithm: oidOf(container.child(2)),
    signature: bytesOfBits(container.child(3)),
    timestamp: timestamp && bytesOfBits(untagged(timestamp)),
  };
}

/** Some producers of the first edition write an OCTET STRING for a BIT STRING. @throws Asn1Failure */
export const bytesIn = (element: Element): Buffer =>
  element.tag === TAG.octetString ? element.content : bytesOfBits(element);

/** @throws Asn1Failure where there is something, and it is no ExtensionDatas */
export function requireExtensions(element: Element | undefined): void {
  if (element !== undefined)
    for (const extension of untagged(element).as(TAG.sequence).children) oidOf(extension.child(0));
}

/** The element inside of an explicit `[0]`, which some producers leave out. @throws Asn1Failure */
function untagged(element: Element): Element {
  if (element.tag !== TAG.context(0)) return element;
  if (element.children.length !== 1) throw new Asn1Failure('number of elements');
  return element.child(0);
}
