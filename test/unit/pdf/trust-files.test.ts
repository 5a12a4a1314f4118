/** Files of certificates, as authorities hand them out. */
import { expect, it } from 'vitest';
import { certificatesIn } from '../../../src/pdf/pem.ts';
import { ecKey, issue, pem } from '../../support/certificates.ts';
import { context, integer, oid, sequence, setOf } from '../../support/der.ts';

const [one, other] = ['One', 'Other'].map((name) => issue({ name, key: ecKey(), ca: true }).der) as [Buffer, Buffer];

/** Certificates alone, as a `.p7b` has them (RFC 5652, 5.1). */
const collection = sequence(
  oid('1.2.840.113549.1.7.2'),
  context(0, sequence(integer(1), setOf(), sequence(oid('1.2.840.113549.1.7.1')), context(0, one, other), setOf())),
);
const block = (label: string, der: Buffer) =>
  Buffer.from(`-----BEGIN ${label}-----\r\n${der.toString('base64')}\r\n-----END ${label}-----\r\n`);
const text = (der: Buffer) => Buffer.from(der.toString('base64').replace(/.{64}/g, '$&\n'));
const names = (bytes: Buffer) => certificatesIn('/f', bytes).map(({ summary }) => summary.name);

it.each<[string, Buffer, string[]]>([
  ['DER', one, ['One']],
  ['DER, one behind the other', Buffer.concat([one, other]), ['One', 'Other']],
  ['PEM', Buffer.from(pem(one)), ['One']],
  ['PEM, several', Buffer.from(`Subject: One\n${pem(one)}\n${pem(other)}`), ['One', 'Other']],
  ['PEM with a byte order mark', Buffer.from(`\ufeff${pem(one)}`), ['One']],
  ['PEM under the older name', block('X509 CERTIFICATE', one), ['One']],
  ['base64 alone', text(one), ['One']],
  ['a collection', collection, ['One', 'Other']],
  ['a collection in PEM', block('PKCS7', collection), ['One', 'Other']],
  ['a collection in base64', text(collection), ['One', 'Other']],
])('are read: %s', (_form, bytes, expected) => {
  expect(names(bytes)).toEqual(expected);
});

it.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'no-certificate'],
  ['blanks', Buffer.alloc(1_000_000, ' '), 'no-certificate'],
  [
    'a collection of none',
    block(
      'PKCS7',
      sequence(
        oid('1.2.840.113549.1.7.2'),
        context(0, sequence(integer(1), setOf(), sequence(oid('1.2.840.113549.1.7.1')), setOf())),
      ),
    ),
    'no-certificate',
  ],
  ['a key', block('PUBLIC KEY', one), 'no-certificate'],
  ['DER cut short', one.subarray(0, -1), 'damaged'],
  ['DER with a rest', Buffer.concat([one, Buffer.from('x')]), 'damaged'],
  ['one good block and one that is cut off', Buffer.from(pem(one) + pem(other).slice(0, 200)), 'damaged'],
  ['a collection of something else', sequence(oid('1.2.840.113549.1.7.3'), context(0, one)), 'damaged'],
  ['words', Buffer.from('hello'), 'damaged'],
])('are refused: %s', (_form, bytes, detail) => {
  expect(() => names(bytes)).toThrow(
    expect.objectContaining({ code: 'TRUST_FILE_INVALID', params: { path: '/f', detail } }),
  );
});
