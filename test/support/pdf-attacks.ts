/** Hostile variants of good files: what each does, and the code on which it has to land. */
import type { LayerName, ReasonCode } from '../../src/domain/verification.ts';
import { archive } from './archive.ts';
import {
  type CertificateOptions,
  DIGITAL_SIGNATURE,
  ecKey,
  extension,
  forgeableKey,
  type Issued,
  issue,
  KEY_CERT_SIGN,
  padded,
  revocationList,
  rsaKey,
} from './certificates.ts';
import {
  algorithmProtection,
  attribute,
  type ContainerOptions,
  container,
  messageDigest,
  signingCertificate,
  signingTime,
  timestamp,
} from './containers.ts';
import { algorithm, integer, nothing, octets, oid, overlong, primitive, sequence, setOf } from './der.ts';
import { document, objectOf, type PdfOptions, signedPdf, withRevision, writtenAnew } from './hand-made-pdf.ts';
import { withTimestamp } from './later-revisions.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const authority = issue({ name: 'Issuing', key: ecKey(), ca: true, pathLength: 0, issuer: root });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: authority });

export const TRUSTED = [root.der];

type Over = Partial<ContainerOptions> & { readonly pdf?: Partial<PdfOptions> };

/** A file that is good but for what is told. */
export function file({ pdf, ...over }: Over = {}): Buffer {
  const options = { signer, certificates: [authority.der], ...over };
  return signedPdf({ container: (content) => container(content, options), ...pdf });
}

/** A file by a signer of its own, whose certificates are good but for what is told. */
function chain(own: Partial<CertificateOptions>, above: Partial<CertificateOptions> = {}, top: Issued = root): Buffer {
  const issuer = issue({ name: 'Issuing 2', key: ecKey(), ca: true, pathLength: 0, issuer: top, ...above });
  const certificate = issue({ name: 'Signer 2', key: ecKey(), issuer, ...own });
  return file({ signer: certificate, certificates: [issuer.der] });
}

const good = file();
const other = file({ pdf: { information: '/Title (another)' } });
const page = objectOf(good, 3);
const catalog = objectOf(good, 1);
const dictionary = objectOf(good, 5);

const hexOf = (pdf: Buffer): string => /\/Contents <([0-9a-f]+)>/.exec(pdf.toString('latin1'))?.[1] ?? '';
const range = (make: (range: readonly [number, number, number, number]) => readonly unknown[]) =>
  file({ pdf: { byteRange: (given) => `[${make(given).join(' ')}]` } });
const hole = (change: (digits: string) => string) => file({ pdf: { hole: change } });
const attributes = (given: ContainerOptions['attributes'] & object) => file({ attributes: given });
const replaced = (text: string, by: string) => Buffer.from(good.toString('latin1').replace(text, by), 'latin1');

const earlier = { from: new Date('2010-01-01T00:00:00Z'), to: new Date('2015-01-01T00:00:00Z') };
const later = { from: new Date('2030-01-01T00:00:00Z'), to: new Date('2035-01-01T00:00:00Z') };
const impostor = issue({ name: 'Root', key: ecKey(), ca: true });
const weakRoot = issue({ name: 'Weak', key: ecKey(), ca: true, issuer: root, digest: 'sha1' });
const signedAttributes = setOf(
  attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.1')),
  messageDigest(Buffer.alloc(32)),
);
const [sha256, sha384] = [algorithm('2.16.840.1.101.3.4.2.1'), algorithm('2.16.840.1.101.3.4.2.2')];
const [ecdsaSha256, ecdsaSha384] = [oid('1.2.840.10045.4.3.2'), oid('1.2.840.10045.4.3.3')];
const roomy = { roomBytes: 60_000 };
const constrained = extension('2.5.29.30', sequence(), true);

export type Attack<L extends LayerName = LayerName> = readonly [
  name: string,
  layer: L,
  code: ReasonCode<L>,
  make: () => Buffer,
];
export const on =
  <L extends LayerName>(layer: L) =>
  (code: ReasonCode<L>, attacks: Readonly<Record<string, () => Buffer>>): Attack[] =>
    Object.entries(attacks).map(([name, make]) => [name, layer, code, make] as unknown as Attack);

const structure = on('structure');
const integrity = on('integrity');
const certificates = on('signer');
const revisions = on('revisions');
const annotation = on('annotation');

export const ATTACKS: readonly Attack[] = [
  ...revisions('ADDED_AFTER_SIGNING', {
    'a form feed behind the file': () => Buffer.concat([good, Buffer.from('\f')]),
    'a second end mark behind the file': () => Buffer.concat([good, Buffer.from('%%EOF\n')]),
    'garbage behind the file': () => Buffer.concat([good, Buffer.alloc(100_000, 0x41)]),
    'a revision without any object': () => withRevision(good, {}),
    'a revision with another page content': () =>
      withRevision(good, { 6: '<< /Length 24 >>\nstream\n1 0 0 rg 10 10 99 99 re f\nendstream' }),
    'a revision with another page': () => withRevision(good, { 3: page.replace('200 200', '900 900') }),
    'a revision with another page tree': () =>
      withRevision(good, {
        1: catalog.replace('/Pages 2', '/Pages 12'),
        12: '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>',
      }),
    'a revision with a picture over the page': () =>
      withRevision(good, {
        3: page.replace('[4 0 R]', '[4 0 R 9 0 R]'),
        9: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 200 200] /Contents (valid for ever) >>',
      }),
    'a revision with a longer annotation': () =>
      withRevision(file({ pdf: { information: '/CertValidUntil (2020-01-01)' } }), {
        7: '<< /CertValidUntil (2099-01-01) >>',
      }),
    'a revision with the same objects again': () => withRevision(good, { 1: catalog, 3: page }),
    'a revision that leaves its own index out': () =>
      Buffer.concat([good, Buffer.from(`6 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n`)]),
    'two revisions': () => withRevision(withRevision(good, { 6: 'null' }), { 3: page }),
  }),
  ...revisions('TIMESTAMP_NOT_CONFIRMED', {
    'the timestamp of an authority that nobody trusts': () => withTimestamp(good, impostor, []),
  }),
  ...structure('SIGNATURE_NOT_IN_USE', {
    'a revision that drops the form': () =>
      withRevision(good, { 1: '<< /Type /Catalog /Pages 2 0 R >>', 3: page.replace('[4 0 R]', '[]') }),
    'a revision that makes the field one for text': () =>
      withRevision(good, { 4: objectOf(good, 4).replace('/FT /Sig', '/FT /Tx') }),
    'a revision that empties the field': () => withRevision(good, { 4: objectOf(good, 4).replace('/V 5 0 R', '') }),
  }),
  ...structure('BYTE_RANGE_HOLE', {
    'a revision with a second signature': () =>
      withRevision(good, {
        1: catalog.replace('[4 0 R]', '[4 0 R 9 0 R]'),
        9: '<< /FT /Sig /T (Signature2) /V 10 0 R >>',
        10: dictionary,
      }),
    'a second signature in the same field tree': () =>
      withRevision(good, { 4: '<< /FT /Sig /T (a) /Kids [<< /V 5 0 R >> << /V 10 0 R >>] >>', 10: dictionary }),
    'a revision with a signature dictionary of its own': () => withRevision(good, { 5: dictionary }),
    'a revision that takes the contents away': () =>
      withRevision(good, { 5: dictionary.replace(/\/Contents <[0-9a-f]+>/, '') }),
    'a revision with no contents': () => withRevision(good, { 5: dictionary.replace(/<[0-9a-f]{99,}>/, 'null') }),
    'a revision with empty contents': () => withRevision(good, { 5: dictionary.replace(/<[0-9a-f]{99,}>/, '<>') }),
    'a hole that begins earlier': () => range(([a, b, c, d]) => [a, b - 1, c, d]),
    'a hole that begins later': () => range(([a, b, c, d]) => [a, b + 1, c, d]),
    'a hole that ends later': () => range(([a, b, c, d]) => [a, b, c + 1, d - 1]),
    'a hole that ends earlier': () => range(([a, b, c, d]) => [a, b, c - 1, d + 1]),
    'a hole far too large': () => range(([a, b, c, d]) => [a, b - 200, c + 50, d - 50]),
    'a hole somewhere else': () => range(([a, , , d]) => [a, 100, 101, d]),
    'contents elsewhere': () =>
      withRevision(good, { 5: dictionary.replace(/<[0-9a-f]{99,}>/, '9 0 R'), 9: `<${hexOf(good)}>` }),
  }),
  ...structure('BYTE_RANGE_INVALID', {
    'a revision that takes the byte range away': () =>
      withRevision(good, { 5: dictionary.replace(/\/ByteRange \[[\d ]+\]/, '') }),
    'a revision with an empty byte range': () =>
      withRevision(good, { 5: dictionary.replace(/\/ByteRange \[[\d ]+\]/, '/ByteRange []') }),
    'a range that leaves the first byte out': () => range(([, b, c, d]) => [1, b - 1, c, d]),
    'a negative number': () => range(([a, b, c, d]) => [a, -b, c, d]),
    'overlapping parts': () => range(([a, b, , d]) => [a, b, b - 10, d]),
    'parts that touch': () => range(([a, b, , d]) => [a, b, b, d]),
    'parts in the wrong order': () => range(([a, b, c, d]) => [c, d, a, b]),
    'a doubled range': () => range((given) => [...given, ...given]),
    'three numbers': () => range(([a, b, c]) => [a, b, c]),
    'six numbers': () => range(([a, b, c, d]) => [a, b, c, 10, c + 10, d - 10]),
    'no whole numbers': () => range(([a, b, c, d]) => [a, `${b}.5`, c, d]),
    'a number beyond all bounds': () => range(([a, b, c]) => [a, b, c, '9007199254740993']),
    'words in place of numbers': () => range(([a, b, c]) => [a, b, c, '(all)']),
    'nothing behind the hole': () => range(([a, b, c]) => [a, b, c, 0]),
    'nothing in front of the hole': () => range(([a, , c, d]) => [a, 0, c, d]),
    'a range that is a name': () => file({ pdf: { byteRange: () => '/All' } }),
  }),
  ...structure('BYTE_RANGE_BEYOND_END', {
    'a range beyond the end': () => range(([a, b, c, d]) => [a, b, c, d + 1]),
    'a file without its last byte': () => good.subarray(0, -1),
    'a file without its end': () => good.subarray(0, -200),
  }),
  ...structure('SIGNATURE_AMBIGUOUS', {
    'two byte ranges': () => file({ pdf: { entries: '/ByteRange [0 1 2 3]' } }),
    'two contents': () => file({ pdf: { entries: '/Contents <00>' } }),
  }),
  ...structure('CONTENTS_INVALID', {
    'digits of both cases': () => hole((digits) => digits.replace(/[a-f]/, (digit) => digit.toUpperCase())),
    'a space among the digits': () => hole((digits) => `${digits.slice(0, -1)} `),
    'a line break among the digits': () => hole((digits) => `${digits.slice(0, 500)}\n${digits.slice(501)}`),
    'no digits': () => hole((digits) => digits.replace(/0$/, 'x')),
  }),
  ...structure('CONTENTS_PADDING', {
    'a byte at the end of the hole': () => hole((digits) => `${digits.slice(0, -1)}1`),
    'a text behind the signature': () => hole((digits) => digits.replace(/0{400}$/, '41'.repeat(200))),
    'a second container behind the first': () =>
      hole((digits) => (digits.replace(/0+$/, '') + digits.slice(0, 2_000)).padEnd(digits.length, '0')),
  }),
  ...structure('NOT_A_PDF', {
    'no bytes': () => Buffer.alloc(0),
    'a web page': () => Buffer.from('<!doctype html><title>登录</title>'),
    zeros: () => Buffer.alloc(5_000),
  }),
  ...structure('BYTES_BEFORE_HEADER', {
    'a byte in front': () => Buffer.concat([Buffer.from('\n'), good]),
    'a line in front of a file that has one': () => Buffer.concat([Buffer.from('\n'), file({ pdf: { front: '\n' } })]),
    'a program in front': () => Buffer.concat([Buffer.from('MZ\x90\0\x03'), good]),
  }),
  ...structure('STRUCTURE_DAMAGED', {
    'a header and no more': () => Buffer.from('%PDF-1.7\n'),
    'the first half': () => good.subarray(0, 300),
  }),
  ...structure('ENCRYPTED', {
    'an encrypted file': () => file({ pdf: { trailer: '/Encrypt << /Filter /Standard /V 4 >>' } }),
    'a revision that says encrypted': () => withRevision(good, {}, '/Root 1 0 R /Encrypt 7 0 R'),
  }),
  ...structure('NO_SIGNATURE', {
    'a file without signature': () =>
      document({ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Type /Pages /Kids [] /Count 0 >>', 3: '<< >>' }),
  }),
  ...structure('FORMAT_NOT_SUPPORTED', {
    'a timestamp of the document': () => file({ pdf: { format: 'ETSI.RFC3161' } }),
    'a thing of nobody': () => signedPdf({ format: 'GM.unknown', container: () => octets(Buffer.alloc(64)) }),
    'nothing, under a name of nobody': () => signedPdf({ format: 'GM.unknown', container: () => Buffer.alloc(0) }),
  }),
  ...structure('REWRITTEN', {
    'a file whose objects have moved': () => writtenAnew(good),
  }),
  ...structure('OFD_FILE', { 'an OFD document': () => archive(['OFD.xml', 'Doc_0/Document.xml']) }),
  ...structure('FILE_TOO_COMPLEX', {
    'a file of trailers': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5_000_000, 'trailer<<')]),
  }),
  ...structure('FILE_TOO_LARGE', {
    'a file of more than 50 MB': () => Buffer.concat([good, Buffer.alloc(52_500_000)]),
  }),
  ...integrity('DIGEST_MISMATCH', {
    'a changed page': () => replaced('0 0 1 rg', '1 0 1 rg'),
    'a changed header': () => replaced('%PDF-1.7', '%PDF-1.4'),
    'a changed signing date': () => replaced('D:20261124', 'D:20261125'),
    'the signature of another file': () => {
      const [mine, theirs] = [hexOf(good), hexOf(other)];
      return replaced(mine, theirs);
    },
    'a range that ends early': () => range(([a, b, c, d]) => [a, b, c, d - 10]),
    'a digest of something else': () => attributes({ messageDigest: messageDigest(Buffer.alloc(32)) }),
    'the embedded digest of something else': () => file({ embedded: Buffer.alloc(32) }),
    'the embedded SHA-1 digest of something else': () => file({ embedded: Buffer.alloc(20) }),
    'a digest that is too short': () => attributes({ messageDigest: messageDigest(Buffer.alloc(0)) }),
  }),
  ...integrity('CONTENT_EMBEDDED', {
    'embedded content': () => file({ embedded: Buffer.from('something else') }),
    'the file itself embedded': () =>
      signedPdf({
        container: (content) => container(content, { signer, certificates: [authority.der], embedded: content }),
      }),
    'empty embedded content': () => file({ embedded: Buffer.alloc(0) }),
  }),
  ...integrity('SEVERAL_SIGNERS', { 'two signers': () => file({ signers: (one) => [one, one] }) }),
  ...integrity('CMS_MALFORMED', {
    'no signer': () => file({ signers: () => [] }),
    'nothing in the hole': () => hole((digits) => '0'.repeat(digits.length)),
    'a container cut short': () => hole((digits) => digits.slice(0, 1_000).padEnd(digits.length, '0')),
    'a container of another type': () => file({ containerType: '1.2.840.113549.1.7.3' }),
    'a container of the wrong type': () => signedPdf({ container: () => sequence(oid('1.2.840.113549.1.7.3')) }),
    'something behind the signers': () => file({ more: [nothing()] }),
    'two digests': () => attributes({ more: messageDigest(Buffer.alloc(32)) }),
    'a length with a byte too many': () =>
      signedPdf({ container: (content) => overlong(container(content, { signer, certificates: [authority.der] })) }),
    'a short length in the long form': () => file({ versionElement: overlong(integer(1)) }),
    'more certificates than any signer needs': () => file({ certificates: Array(64).fill(authority.der), pdf: roomy }),
    'more revocation lists than any signer needs': () =>
      file({ revocationLists: Array(65).fill(revocationList(authority)), pdf: roomy }),
    'an attribute with two values': () =>
      attributes({
        messageDigest: attribute('1.2.840.113549.1.9.4', octets(Buffer.alloc(32)), octets(Buffer.alloc(1))),
      }),
  }),
  ...integrity('SIGNED_ATTRIBUTES_INVALID', {
    'no digest': () => attributes({ messageDigest: null }),
    'no content type': () => attributes({ contentType: null }),
  }),
  ...integrity('CONTENT_TYPE_MISMATCH', {
    'another content type in the attributes': () =>
      attributes({ contentType: attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.9.16.1.4')) }),
    'a container for something else': () => file({ contentType: '1.2.840.113549.1.9.16.1.4' }),
  }),
  ...integrity('SIGNATURE_MISMATCH', {
    'a changed signature': () =>
      file({ signature: (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]) }),
    'an empty signature': () => file({ signature: () => Buffer.alloc(0) }),
    'the certificate of another signer': () => file({ signer: { ...signer, key: ecKey() } }),
  }),
  ...integrity('ALGORITHM_MISMATCH', {
    'a signature that names another digest': () => file({ signatureDigest: 'sha384' }),
    'attributes that name another digest': () => attributes({ more: algorithmProtection(sha384, ecdsaSha256) }),
    'attributes that name another signature algorithm': () =>
      attributes({ more: algorithmProtection(sha256, ecdsaSha384) }),
    'attributes that name no signature algorithm': () => attributes({ more: algorithmProtection(sha256) }),
  }),
  ...integrity('ALGORITHM_NOT_SUPPORTED', {
    'an unknown digest': () => file({ digestOid: '1.2.3.4' }),
    'a curve that is not accepted': () =>
      file({ signer: issue({ name: 'Signer', key: ecKey('secp256k1'), issuer: authority }) }),
  }),
  ...integrity('ALGORITHM_WEAK', {
    'SHA-1': () => file({ digest: 'sha1' }),
    'RSA with 1024 bits': () => file({ signer: issue({ name: 'Signer', key: rsaKey(1_024), issuer: authority }) }),
    'RSA with the exponent 1': () =>
      file({ signer: issue({ name: 'Signer', key: forgeableKey(), issuer: authority }), sign: padded }),
  }),
  ...integrity('SIGNER_CERTIFICATE_MISSING', {
    'no certificate of the signer': () => file({ withoutOwnCertificate: true }),
    'a certificate that names two signature algorithms': () => chain({ digestInside: 'sha384' }),
    'no certificate of the signer, but one of the same name': () =>
      file({
        withoutOwnCertificate: true,
        certificates: [issue({ name: 'Signer', key: ecKey(), issuer: authority }).der],
      }),
  }),
  ...integrity('SIGNER_CERTIFICATE_MISMATCH', {
    'another certificate named': () => attributes({ signingCertificate: signingCertificate(root.der) }),
  }),
  ...integrity('SIGNER_CERTIFICATE_NOT_BOUND', {
    'no certificate named': () => attributes({ signingCertificate: null }),
  }),
  ...integrity('SIGNED_ATTRIBUTES_MISSING', {
    'no attributes, over what could be attributes': () =>
      file({ withoutAttributes: true, pdf: { front: signedAttributes.toString('latin1') } }),
    'no attributes, over what could be attributes, in the format of Adobe': () =>
      file({
        withoutAttributes: true,
        pdf: { format: 'adbe.pkcs7.detached', front: signedAttributes.toString('latin1') },
      }),
  }),
  ...integrity('UNSIGNED_CONTENT', {
    'an unsigned attribute': () => file({ unsigned: () => [attribute('1.2.3.4', octets(Buffer.from('hidden')))] }),
    'a certificate that nobody vouches for': () =>
      file({ certificates: [authority.der, issue({ name: 'Stray', key: ecKey(), issuer: impostor }).der] }),
    'a revocation list that nobody vouches for': () => file({ revocationLists: [revocationList(impostor)] }),
    'a revocation list by another key': () => file({ revocationLists: [revocationList(authority, signer)] }),
    'another version': () => file({ version: 3 }),
    'an unsigned attribute beside a timestamp': () =>
      file({
        unsigned: (signature) => [timestamp(signature, root), attribute('1.2.3.4', octets(Buffer.from('hidden')))],
      }),
    'two timestamps': () => file({ unsigned: (signature) => [0, 1].map(() => timestamp(signature, root)) }),
  }),
  ...integrity('TIMESTAMP_MISMATCH', {
    'the timestamp of another signature': () => file({ unsigned: () => [timestamp(Buffer.alloc(70), root)] }),
    'a forged timestamp': () => file({ unsigned: (signature) => [timestamp(signature, { ...root, key: ecKey() })] }),
  }),
  ...certificates('NOT_TRUSTED', {
    'a signer of nobody': () => file({ signer: issue({ name: 'Signer', key: ecKey() }), certificates: [] }),
    'an authority of nobody': () => chain({}, {}, issue({ name: 'Nobody', key: ecKey(), ca: true })),
    'an old root of nobody, inside': () => {
      const old = issue({ name: 'Old', key: ecKey(), isOld: true });
      return file({ signer: issue({ name: 'Signer', key: ecKey(), issuer: old }), certificates: [old.der] });
    },
    'a root of the same name': () => chain({}, {}, impostor),
    'a root of the same name, inside': () =>
      file({ signer: issue({ name: 'Signer', key: ecKey(), issuer: impostor }), certificates: [impostor.der] }),
  }),
  ...certificates('ISSUER_CERTIFICATE_MISSING', {
    'an authority that names two signature algorithms': () => chain({}, { digestInside: 'sha384' }),
    'a chain with a piece missing': () => file({ certificates: [] }),
    'a chain with a piece missing, and strangers': () => file({ certificates: [root.der, impostor.der] }),
    'a certificate that names another authority than the one that signed it': () => {
      const { name } = issue({ name: 'Elsewhere', key: ecKey() });
      return file({ signer: issue({ name: 'Signer', key: ecKey(), issuer: { ...authority, name } }) });
    },
  }),
  ...certificates('CERTIFICATE_SIGNATURE_MISMATCH', {
    'a changed certificate': () => {
      const keyId = Buffer.from('0123456789abcdef', 'hex');
      const subjectKey = extension('2.5.29.14', octets(keyId));
      const authorityKey = extension('2.5.29.35', sequence(primitive(0, keyId)));
      const issuer = issue({ name: 'Keyed', key: ecKey(), ca: true, issuer: root, extensions: [subjectKey] });
      const { der, ...rest } = issue({ name: 'Signer', key: ecKey(), issuer, extensions: [authorityKey] });
      const forged = { ...rest, der: Buffer.from(der.toString('latin1').replace('400101', '490101'), 'latin1') };
      return file({ signer: forged, certificates: [issuer.der] });
    },
  }),
  ...certificates('CERTIFICATE_EXPIRED', {
    'an expired certificate': () => chain(earlier),
    'an expired authority': () => chain({}, earlier),
    'a signing time after the end': () => attributes({ time: signingTime(new Date('2041-01-01T00:00:00Z')) }),
  }),
  ...certificates('CERTIFICATE_NOT_YET_VALID', {
    'a certificate of the future': () => chain(later),
    'an authority of the future': () => chain({}, later),
    'a signing time before the beginning': () => attributes({ time: signingTime(new Date('2001-01-01T00:00:00Z')) }),
  }),
  ...certificates('SIGNED_IN_FUTURE', {
    'a signing time in the future': () => attributes({ time: signingTime(new Date('2027-06-01T00:00:00Z')) }),
    'a signing date in the future': () => file({ pdf: { signedAt: 'D:20270601000000Z' } }),
  }),
  ...certificates('KEY_USAGE_WRONG', {
    'a certificate that may not sign': () => chain({ keyUsage: 0x20 }),
    'an authority that signs itself': () => chain({ ca: true, keyUsage: KEY_CERT_SIGN }),
  }),
  ...certificates('CERTIFICATE_FOR_OTHER_PURPOSE', {
    'the certificate of a web server': () => chain({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] }),
    'the certificate of a timestamp': () => chain({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] }),
    'the certificate of a web server by nobody': () =>
      file({ signer: issue({ name: 'Web', key: ecKey(), extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }), certificates: [] }),
  }),
  ...certificates('ISSUER_NOT_CA', {
    'an authority that is none': () => chain({}, { ca: false, keyUsage: KEY_CERT_SIGN }),
    'an authority that may not issue': () => chain({}, { keyUsage: DIGITAL_SIGNATURE }),
    'an authority of a time before there were any, in the middle': () => {
      const old = issue({ name: 'Old', key: ecKey(), isOld: true, issuer: root });
      return file({ signer: issue({ name: 'Under', key: ecKey(), issuer: old }), certificates: [old.der] });
    },
    'a signer that issues': () => {
      const under = issue({ name: 'Under', key: ecKey(), issuer: signer });
      return file({ signer: under, certificates: [signer.der, authority.der] });
    },
  }),
  ...certificates('PATH_TOO_LONG', {
    'an authority too many': () => {
      const further = issue({ name: 'Further', key: ecKey(), ca: true, issuer: authority });
      const under = issue({ name: 'Under', key: ecKey(), issuer: further });
      return file({ signer: under, certificates: [further.der, authority.der] });
    },
  }),
  ...certificates('CERTIFICATE_NOT_SUPPORTED', {
    'an unknown critical extension': () => chain({ extensions: [extension('1.2.3.4', nothing(), true)] }),
    'an unknown critical extension above': () => chain({}, { extensions: [extension('1.2.3.4', nothing(), true)] }),
    'a constraint of names': () => chain({}, { extensions: [constrained] }),
    'a constraint of names that is not marked critical': () =>
      chain({}, { extensions: [extension('2.5.29.30', sequence())] }),
  }),
  ...certificates('CERTIFICATE_WEAK', {
    'an authority signed with SHA-1': () => {
      const issuer = issue({ name: 'Issuing 2', key: ecKey(), ca: true, issuer: weakRoot });
      const under = issue({ name: 'Under', key: ecKey(), issuer });
      return file({ signer: under, certificates: [issuer.der, weakRoot.der] });
    },
  }),
  ...annotation('ANNOTATION_EXPIRED', {
    'an annotation of yesterday': () => file({ pdf: { information: '/CertValidUntil (2026-11-23)' } }),
  }),
  ...annotation('ANNOTATION_MISMATCH', {
    'another annotation': () => file({ pdf: { information: '/CertValidUntil (2027-01-01) /CertAnnotationId (a-2)' } }),
  }),
  ...annotation('ANNOTATION_UNREADABLE', {
    'an annotation until no day': () => file({ pdf: { information: '/CertValidUntil (2027-02-30)' } }),
    'an annotation until nothing': () => file({ pdf: { information: '/CertAnnotationId (a-1)' } }),
    'an annotation that is a list': () => file({ pdf: { information: '/CertValidUntil [(2027-01-01)]' } }),
    'an annotation with escapes': () => file({ pdf: { information: '/CertValidUntil (2027-01-01\\033[2J)' } }),
  }),
];
