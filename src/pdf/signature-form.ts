import { openingTags, TAG } from './asn1/element.ts';

/** `cms`: SignedData; `seal`: an electronic seal of GB/T 38540 or GM/T 0031; `pkcs1`: a bare RSA signature. */
export type SignatureForm = 'cms' | 'seal' | 'pkcs1';

/** Names under which one thing alone can stand: what cannot be recognized there is damaged. */
const FORM_BY_NAME: ReadonlyMap<string, SignatureForm> = new Map([
  ['adbe.pkcs7.detached', 'cms'],
  ['adbe.pkcs7.sha1', 'cms'],
  ['ETSI.CAdES.detached', 'cms'],
  ['adbe.x509.rsa_sha1', 'pkcs1'],
]);

/**
 * What stands in a signature's place; undefined for a form that is not known. The bytes decide, not the name in
 * `SubFilter`: producers of seals write CMS and SES under the same names, and under any.
 */
export function formOf(name: string, contents: Uint8Array): SignatureForm | undefined {
  // The document's timestamp is CMS, but no signature over the document.
  if (name === 'ETSI.RFC3161') return undefined;
  const [outer, first] = openingTags(contents, 2);
  if (outer === TAG.sequence && first === TAG.oid) return 'cms';
  if (outer === TAG.sequence && first === TAG.sequence) return 'seal';
  return FORM_BY_NAME.get(name);
}
