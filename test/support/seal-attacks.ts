/** Hostile variants of sealed files: what each does, and the code on which it has to land. */
import { createHash } from 'node:crypto';
import { parseDer } from '../../src/pdf/asn1/element.ts';
import { ecKey, issue, KEY_CERT_SIGN, sm2Key } from './certificates.ts';
import {
  bits,
  bytesInteger,
  type Der,
  generalizedTime,
  ia5,
  indefinite,
  integer,
  octets,
  oid,
  overlong,
  printable,
  sequence,
  utf8,
} from './der.ts';
import { signedPdf, withRevision } from './hand-made-pdf.ts';
import { type Attack, on } from './pdf-attacks.ts';
import {
  at,
  digestEntry,
  EDITIONS,
  type Edition,
  maker,
  type SealOptions,
  sealedPdf,
  sealOf,
  sealRoot,
  sealSignature,
  signWith,
  user,
} from './seals.ts';

const [structure, integrity, signer, revisions] = [on('structure'), on('integrity'), on('signer'), on('revisions')];

const nobody = issue({ name: 'Root', key: sm2Key(), ca: true });
const stranger = issue({ name: 'Stranger', key: sm2Key(), issuer: sealRoot });
const strange = { maker: issue({ name: 'Maker', key: sm2Key(), issuer: nobody }) };
const outdated = { from: at('2010-01-01T00:00:00'), to: at('2015-01-01T00:00:00') };
const signing = (own: Partial<Parameters<typeof issue>[0]>) =>
  issue({ name: 'Other', key: sm2Key(), issuer: sealRoot, keyUsage: 0xc0, ...own });

const swapped = (parts: readonly Der[], one: number, other: number): Der[] =>
  parts.map((part, index) => parts[index === one ? other : index === other ? one : index] ?? part);
const replaced = (parts: readonly Der[], place: number, by: Der): Der[] =>
  parts.map((part, index) => (index === place ? by : part));
const twice = (parts: readonly Der[], place: number): Der[] => parts.flatMap((p, i) => (i === place ? [p, p] : [p]));
const flipped = (bytes: Buffer, from = bytes.length - 1): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(from) ^ 1, from);
  return changed;
};
const replacedIn = (der: Der, bytes: Buffer, by = flipped(bytes)): Der =>
  Buffer.from(
    der.toString('latin1').replace(bytes.toString('latin1'), () => by.toString('latin1')),
    'latin1',
  );
const hashed = (digest: string) => (data: Buffer) => bits(createHash(digest).update(data).digest());
const withRest = (bitString: Der): Der => bits(Buffer.concat([bitString.subarray(3), Buffer.from('rest')]));
/** Where the signature stands. */
const lastOf = (edition: Edition) => (edition === 2014 ? 1 : 3);
const extensions = sequence(sequence(oid('1.2.3.4'), octets(Buffer.from('x'))));
const deep = (depth: number): Der => (depth === 0 ? integer(1) : sequence(deep(depth - 1)));
const made = (container: (content: Buffer) => Der) => signedPdf({ format: 'GM.sm2seal', container });

const ofEdition = (edition: Edition): Attack[] => {
  const file = (options: SealOptions = {}) => sealedPdf({ edition, ...options });
  const seal = (options: SealOptions) => sealOf({ edition, ...options });
  const good = file();
  const named = (attacks: Readonly<Record<string, () => Buffer>>) =>
    Object.fromEntries(Object.entries(attacks).map(([name, make]) => [`${name} (${edition})`, make]));
  const signature = (bytes: (signature: Buffer) => Der) =>
    file({ signature: (parts) => parts.map((part, i) => (i === lastOf(edition) ? bytes(part) : part)) });

  return [
    ...integrity(
      'DIGEST_MISMATCH',
      named({
        'a changed page': () => Buffer.from(good.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1'),
        'the digest of other bytes': () => file({ dataHash: () => hashed('sm3')(Buffer.from('else')) }),
        'SHA-256 in place of SM3': () => file({ dataHash: hashed('sha256') }),
        'no digest': () => file({ dataHash: () => bits(Buffer.alloc(0)) }),
        'bytes behind the digest': () => file({ dataHash: (data) => withRest(hashed('sm3')(data)) }),
        'a changed page in a seal that cannot be read': () => {
          const unreadable = file({ info: (parts) => parts.slice(0, 3) });
          return Buffer.from(unreadable.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
        },
      }),
    ),
    ...integrity(
      'SIGNATURE_MISMATCH',
      named({
        'the signature of somebody else': () => file({ sign: signWith(stranger) }),
        'a changed signature': () => signature((bytes) => flipped(bytes)),
        'bytes behind the signature, in its place': () => signature(withRest),
        'an empty signature': () => signature(() => bits(Buffer.alloc(0))),
        'a signature of zeros': () => signature(() => bits(Buffer.alloc(64))),
        'a signature that says nothing': () =>
          signature(() => bits(sequence(bytesInteger(Buffer.of(0)), bytesInteger(Buffer.of(0))))),
        'a signature of huge numbers': () =>
          signature(() => bits(sequence(bytesInteger(Buffer.alloc(600, 0x7f)), bytesInteger(Buffer.alloc(600, 0x7f))))),
        'the picture exchanged afterwards': () =>
          file({
            signature: ([toSign = integer(1), ...rest]) => [
              replacedIn(toSign, Buffer.from('89504e470d0a1a0a', 'hex')),
              ...rest,
            ],
          }),
        'a key on another curve': () => file({ user: issue({ name: 'P', key: ecKey(), issuer: sealRoot }) }),
      }),
    ),
    ...integrity(
      'ALGORITHM_NOT_SUPPORTED',
      named({
        'a weak algorithm named': () => file({ algorithm: oid('1.2.840.113549.1.1.5') }),
        'a changed page under an algorithm that is not known': () =>
          Buffer.from(
            file({ algorithm: oid('1.2.3.4') })
              .toString('latin1')
              .replace('0 0 1 rg', '1 0 1 rg'),
            'latin1',
          ),
        'another algorithm of the family named': () => file({ algorithm: oid('1.2.156.10197.1.504') }),
        'a key on a curve that is not accepted': () =>
          file({ user: issue({ name: 'K', key: ecKey('secp256k1'), issuer: sealRoot }) }),
      }),
    ),
    ...integrity(
      'SEAL_UNREADABLE',
      named({
        'elements in another order': () => file({ toSign: (parts) => swapped(parts, 3, 4) }),
        'the seal twice': () => file({ toSign: (parts) => twice(parts, 1) }),
        'the digest twice': () => file({ toSign: (parts) => twice(parts, 3) }),
        'an element missing': () => file({ toSign: (parts) => parts.slice(0, -1) }),
        'two more elements': () => file({ toSign: (parts) => [...parts, integer(1), integer(2)] }),
        'extensions twice': () => file({ toSign: (parts) => [...parts, extensions, extensions] }),
        'the signature twice': () =>
          file({ signature: (parts) => twice(twice(parts, lastOf(edition)), lastOf(edition)) }),
        'a bit too few in the signature': () => signature((bytes) => bits(bytes.subarray(3), 1)),
        'no certificate': () => file({ user: { ...user, der: Buffer.from('none') } }),
        'a version without end': () =>
          file({ toSign: (parts) => replaced(parts, 0, bytesInteger(Buffer.alloc(600, 0x7f))) }),
        'an indefinite length': () =>
          made((content) => indefinite(0x30, sealSignature(content, { edition }).subarray(4))),
        'an indefinite length inside': () =>
          file({ signature: ([toSign, ...rest]) => [indefinite(0x30, (toSign ?? integer(1)).subarray(4)), ...rest] }),
        'a length with a byte too many': () => made((content) => overlong(sealSignature(content, { edition }))),
        'a signature cut short': () => made((content) => sealSignature(content, { edition }).subarray(0, 900)),
        'elements too deep': () => file({ toSign: (parts) => [...parts.slice(0, 4), deep(60), ...parts.slice(5)] }),
      }),
    ),
    ...structure(
      'CONTENTS_PADDING',
      named({
        'a second seal behind the first': () =>
          made((content) => Buffer.concat([sealSignature(content, { edition }), sealSignature(content, { edition })])),
        'bytes behind the seal': () =>
          made((content) => Buffer.concat([sealSignature(content, { edition }), Buffer.from('a')])),
        'white space behind the seal, as digits': () =>
          made((content) => Buffer.concat([sealSignature(content, { edition }), Buffer.from(' ')])),
      }),
    ),
    ...signer(
      'SEAL_NOT_FOR_SIGNER',
      named({
        'a list without the signer': () => file({ users: [octets(maker.der)] }),
        'an empty list': () => file({ users: [] }),
        'a list of digests without the signer': () => file({ users: [digestEntry(printable('SM3'), maker)] }),
        'a list of digests with another algorithm': () =>
          file({ users: [sequence(printable('SHA256'), octets(createHash('sha256').update(user.der).digest()))] }),
        "a list with the signer's certificate but for a byte": () => file({ users: [octets(flipped(user.der))] }),
        'the seal of another put in': () => file({ toSign: (parts) => replaced(parts, 1, seal({ user: stranger })) }),
      }),
    ),
    ...signer(
      'SEAL_SIGNATURE_MISMATCH',
      named({
        'a seal that its maker did not sign': () => file({ makerSigns: signWith(stranger) }),
        'a flipped bit in the signature of the maker': () =>
          file({ makerSigns: (data) => flipped(signWith(maker)(data)) }),
        'a picture exchanged by its user': () =>
          file({ toSign: (parts) => replaced(parts, 1, replacedIn(seal({}), Buffer.from('89504e470d0a1a0a', 'hex'))) }),
        'a name exchanged by its user': () =>
          file({ toSign: (parts) => replaced(parts, 1, replacedIn(seal({}), Buffer.from('测试专用章'))) }),
        'a list exchanged by its user': () =>
          file({
            toSign: (parts) => {
              const [theirs, own] = [digestEntry(printable('SM3'), stranger), digestEntry(printable('SM3'), user)];
              return replaced(parts, 1, replacedIn(seal({ users: [theirs] }), theirs, own));
            },
          }),
        'bytes behind the signature of the maker': () =>
          file({ makerSigns: (data) => Buffer.concat([signWith(maker)(data), Buffer.from('rest')]) }),
        'the range that another edition signs': () =>
          file({
            makerSigns: (data) =>
              signWith(maker)(
                edition === 2014
                  ? parseDer(data).child(0).raw
                  : sequence(data, octets(maker.der), oid('1.2.156.10197.1.501')),
              ),
          }),
      }),
    ),
    ...signer(
      'SEAL_EXPIRED',
      named({
        'a seal that was over': () => file({ to: at('2026-11-24T01:59:59') }),
        'a seal that was over, of a signer of nobody': () =>
          file({ to: at('2026-11-24T01:59:59'), user: issue({ name: 'User', key: sm2Key() }) }),
      }),
    ),
    ...signer(
      'SEAL_NOT_YET_VALID',
      named({
        'a seal that had not begun': () => file({ from: at('2026-11-24T02:00:01') }),
      }),
    ),
    ...signer(
      'SEAL_MAKER_NOT_TRUSTED',
      named({
        'a maker of nobody': () => file(strange),
        'a maker appointed by somebody who may not': () => file({ maker: signing({ issuer: stranger }) }),
        'a maker that vouches for itself': () => file({ maker: issue({ name: 'Maker', key: sm2Key() }) }),
        'a maker of the same name': () =>
          file({ maker: issue({ name: 'Maker', key: sm2Key(), issuer: { ...sealRoot, key: sm2Key() } }) }),
      }),
    ),
    ...signer(
      'SEAL_MAKER_INVALID',
      named({
        'a maker whose certificate had expired before': () =>
          file({ maker: signing(outdated), createdAt: at('2020-01-01T00:00:00') }),
        'a maker who may not sign': () => file({ maker: signing({ keyUsage: 0x20 }) }),
        'an authority as the maker': () => file({ maker: signing({ ca: true, keyUsage: KEY_CERT_SIGN }) }),
      }),
    ),
    ...signer(
      'SEAL_UNREADABLE',
      named({
        'a seal without its picture': () => file({ info: (parts) => parts.slice(0, 3) }),
        'a seal with two pictures': () => file({ info: (parts) => [...parts, ...parts.slice(3)] }),
        'a seal with two lists of extensions': () => file({ info: (parts) => [...parts, extensions, extensions] }),
        'a seal with three pictures': () => file({ info: (parts) => twice(twice(parts, 3), 3) }),
        'a seal that is none': () =>
          file({ info: ([, ...rest]) => [sequence(ia5('XX'), integer(1), ia5('T')), ...rest] }),
        'a seal with two names': () => file({ property: (parts) => twice(parts, 1) }),
        'a seal without an end': () => file({ property: (parts) => parts.slice(0, -1) }),
        'a seal until no day': () => file({ property: (parts) => [...parts.slice(0, -1), utf8('for ever')] }),
        'a list that holds no certificates': () => file({ users: [ia5('1')] }),
        'a seal with a weak algorithm': () => file({ makerAlgorithm: oid('1.2.840.113549.1.1.5') }),
        'a seal without its signature': () => file({ seal: (parts) => parts.slice(0, -1).slice(0, 3) }),
        'no certificate of the maker': () => file({ maker: { ...maker, der: Buffer.from('none') } }),
        'a time of sealing that cannot be read': () =>
          file({ timeInfo: edition === 2014 ? bits(Buffer.from('2026-11-24 10:00')) : utf8('now') }),
        'bytes behind the time of sealing': () =>
          file({ timeInfo: bits(Buffer.concat([generalizedTime(at('2026-11-24T02:00:00')), Buffer.of(0)])) }),
      }),
    ),
    ...signer(
      'SIGNED_IN_FUTURE',
      named({
        'a time of sealing in the future': () => {
          const future = generalizedTime(at('2027-06-01T00:00:00'));
          return file({ timeInfo: edition === 2014 ? bits(future) : future });
        },
      }),
    ),
    ...signer(
      'CERTIFICATE_EXPIRED',
      named({
        'a signer whose certificate had expired': () => file({ user: signing(outdated) }),
      }),
    ),
    ...signer(
      'KEY_USAGE_WRONG',
      named({ 'a signer who may not sign': () => file({ user: signing({ keyUsage: 0x20 }) }) }),
    ),
    ...signer(
      'NOT_TRUSTED',
      named({
        'a signer that vouches for itself': () => file({ user: issue({ name: 'User', key: sm2Key() }) }),
      }),
    ),
    ...revisions(
      'ADDED_AFTER_SIGNING',
      named({ 'a revision behind the seal': () => withRevision(good, { 6: 'null' }) }),
    ),
  ];
};

/** Only of the editions in which something stands outside of what is signed. */
const unsigned: Attack[] = [
  ...integrity('UNSIGNED_CONTENT', {
    'a timestamp that is none': () => sealedPdf({ timestamp: () => Buffer.from('yesterday') }),
    'the signature a second time': () => sealedPdf({ signature: (parts) => twice(parts, 3) }),
  }),
  ...integrity('SIGNATURE_MISMATCH', {
    'the certificate exchanged': () =>
      sealedPdf({
        users: [octets(user.der), octets(stranger.der)],
        signature: (parts) => replaced(parts, 1, octets(stranger.der)),
      }),
  }),
];

export const SEAL_ATTACKS: readonly Attack[] = [...EDITIONS.flatMap(ofEdition), ...unsigned];
