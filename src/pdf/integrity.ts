/** Whether the signed bytes are those that were signed: the signature container against the file. */
import type { ReasonCode } from '../domain/verification.ts';
import { timeOf } from './asn1/decode.ts';
import { Asn1Failure, type Element, parseDer, parseFirst } from './asn1/element.ts';
import { checkBareSignature } from './bare-signature.ts';
import { ATTRIBUTE, readAttributes } from './cms/attributes.ts';
import { type Embedded, isCanonical, readEmbedded } from './cms/embedded.ts';
import { signedContent } from './cms/signed-content.ts';
import { DATA, readSignedData } from './cms/signed-data.ts';
import { checkSigner, isBound } from './cms/signer.ts';
import { checkTimestamp } from './cms/timestamp.ts';
import type { Seal } from './ses/read-seal.ts';
import type { LocatedSignature } from './structure.ts';
import type { Certificate } from './x509/certificate.ts';

export interface Integrity {
  readonly code: ReasonCode<'integrity'>;
  /** Whether the signature holds: only then its signer can be asked for. */
  readonly holds: boolean;
  readonly signer?: Certificate | undefined;
  /** The time in the signed attributes. */
  readonly signingTime?: Date | undefined;
  /** What the container carries that the signer did not sign; a timestamp's own apart. */
  readonly embedded: readonly Embedded[];
  /** Whether whatever is not signed is of a kind that can be checked. */
  readonly isCanonical: boolean;
  /** Where an electronic seal stands in the place of CMS. */
  readonly seal?: Seal | 'unreadable' | undefined;
}

const nothing = { holds: false, embedded: [], isCanonical: false } as const;

/** The container in the hole, without the padding behind it; undefined where there is none. */
export function readContainer({
  contents,
  form,
}: Pick<LocatedSignature, 'contents' | 'form'>): { container: Element; isPadded: boolean } | undefined {
  try {
    const container = parseFirst(contents, { allowIndefinite: form !== 'seal' });
    return { container, isPadded: contents.subarray(container.raw.length).every((byte) => byte === 0) };
  } catch (error) {
    if (error instanceof Asn1Failure) return undefined;
    throw error;
  }
}

/** Never throws. */
export async function checkIntegrity(container: Element | undefined, signature: LocatedSignature): Promise<Integrity> {
  try {
    return container === undefined ? { ...nothing, code: 'CMS_MALFORMED' } : await check(container, signature);
  } catch (error) {
    if (error instanceof Asn1Failure) return { ...nothing, code: 'CMS_MALFORMED' };
    throw error;
  }
}

const check = (container: Element, signature: LocatedSignature): Promise<Integrity> =>
  signature.form === 'pkcs1' ? checkBare(container, signature) : checkContainer(container, signature);

async function checkBare(octets: Element, { covered, certificates }: LocatedSignature): Promise<Integrity> {
  const embedded = readEmbedded({ certificates: certificates.map(parseDer), revocationLists: [] });
  const { code, holds, certificate } = await checkBareSignature(octets, covered, embedded.certificates[0]);
  return { code, holds, signer: certificate, embedded: [embedded], isCanonical: true };
}

async function checkContainer(container: Element, { covered, format }: LocatedSignature): Promise<Integrity> {
  const data = readSignedData(container);
  const [info, ...others] = data.signers;
  if (info === undefined) return { ...nothing, code: 'CMS_MALFORMED' };
  if (others.length > 0) return { ...nothing, code: 'SEVERAL_SIGNERS' };
  if (!DATA.has(data.contentType)) return { ...nothing, code: 'CONTENT_TYPE_MISMATCH' };
  const content = signedContent(data, info, covered);
  if (content.code !== undefined) return { ...nothing, code: content.code };
  const embedded = readEmbedded(data);
  const checked = await checkSigner(data, info, content.parts, embedded.certificates);
  const { certificate: signer, attributes, holds } = checked;
  const time = attributes?.get(ATTRIBUTE.signingTime);
  const common = { holds, signer, signingTime: time && timeOf(time) };
  const end = (code: Integrity['code'], more: Partial<Integrity> = {}): Integrity => ({
    ...common,
    embedded: [embedded],
    isCanonical: false,
    ...more,
    code,
  });
  if (checked.code !== 'UNCHANGED') return end(checked.code);
  if (content.isWeak) return end('ALGORITHM_WEAK');
  if (format.startsWith('ETSI.') && attributes && signer && isBound(signer, attributes) === undefined)
    return end('SIGNER_CERTIFICATE_NOT_BOUND');
  const isExpected = isCanonical(data, info);
  const { unsignedAttributes } = info;
  if (unsignedAttributes === undefined) return end('UNCHANGED', { isCanonical: isExpected });
  const token = onlyTimestamp(unsignedAttributes);
  if (token === undefined) return end('UNCHANGED');
  const timestamp = await checkTimestamp(token, [info.signature], embedded.certificates);
  if (timestamp.result === 'mismatch') return end('TIMESTAMP_MISMATCH', { holds: false });
  return end('UNCHANGED', {
    embedded: [embedded, ...(timestamp.embedded === undefined ? [] : [timestamp.embedded])],
    isCanonical: isExpected && timestamp.result === 'match',
  });
}

/** The one timestamp, where there is nothing else; undefined too where the attributes cannot be read. */
function onlyTimestamp(unsignedAttributes: Element): Element | undefined {
  try {
    const attributes = readAttributes(unsignedAttributes);
    return attributes.size === 1 ? attributes.get(ATTRIBUTE.timestamp) : undefined;
  } catch (error) {
    if (error instanceof Asn1Failure) return undefined;
    throw error;
  }
}
