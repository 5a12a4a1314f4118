/** Encrypted files: those that open without a password are checked like any other. */
import { describe, expect, it } from 'vitest';
import { rc4 } from '../../../../src/pdf/encryption/rc4.ts';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import {
  ENCRYPTIONS,
  type Encryption,
  encryptedData,
  encryptedObject,
  encryptedString,
  encryptedWith,
  LOCKED,
  OPENED_BY_OWNER,
  trailerOf,
} from '../../../support/encrypted-pdf.ts';
import { document, type PdfOptions, signedBehind, signedPdf, withRevision } from '../../../support/hand-made-pdf.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const TRUSTED = { trustAnchors: [root.der], now: NOW };

/** Of single bytes, for each cipher. */
const CHANGES = 170;

const STATED = '/CertAnnotationId (a-1) /CertScenario (self) /CertValidUntil (2027-02-21)';

const signed = (content: Buffer) => container(content, { signer });
const file = (options: Partial<PdfOptions> = {}) => signedPdf({ information: STATED, container: signed, ...options });

const replaced = (pdf: Buffer, text: string | RegExp, by: string) => {
  const changed = Buffer.from(pdf.toString('latin1').replace(text, by), 'latin1');
  expect(changed.equals(pdf)).toBe(false);
  return changed;
};

const codesOf = async (pdf: Buffer, options = TRUSTED) => {
  const { verdict, layers } = await verifyPdf(pdf, options);
  return [verdict, ...Object.values(layers).map(({ code }) => code)];
};

const OPEN: [string, Encryption][] = [
  ...Object.entries(ENCRYPTIONS),
  ...Object.entries(OPENED_BY_OWNER).map(([name, each]): [string, Encryption] => [`by its owner: ${name}`, each]),
];

const NEEDED = ['unknown', 'ENCRYPTED', 'NOT_CHECKED', 'NOT_CHECKED', 'NOT_CHECKED', 'NOT_CHECKED'];

describe.each(OPEN)('a file that opens without a password, %s', (_name, encryption) => {
  const pdf = file(encryptedWith(encryption));

  it('good: is valid, and states its annotation', async () => {
    expect(await verifyPdf(pdf, TRUSTED)).toMatchObject({
      verdict: 'valid',
      claimedSigningTime: '2026-11-24T10:00:00+08:00',
      annotation: { id: 'a-1', scenario: 'self', validUntil: '2027-02-21' },
    });
  });

  it.each([
    ['its page', 'MediaBox [0 0 200 200]', 'MediaBox [0 0 200 900]'],
    ['an encrypted string', encryptedString(7, '2027-02-21', encryption), encryptedString(7, '2099-02-21', encryption)],
    ['its permissions', '/P -4', '/P -8'],
    ['its identifier', /\/ID \[<31/, '/ID [<32'],
  ])('changed, %s: is not valid', async (_what, text, by) => {
    expect((await verifyPdf(replaced(pdf, text, by), TRUSTED)).verdict).not.toBe('valid');
  });

  it('untrusted: is unknown, and unchanged', async () => {
    expect(await codesOf(pdf, { ...TRUSTED, trustAnchors: [] })).toEqual([
      ...['unknown', 'ONE_SIGNATURE', 'UNCHANGED', 'NO_TRUST_ANCHOR', 'NOTHING_ADDED', 'IN_FORCE'],
    ]);
  });

  it('with an annotation of the past: is invalid', async () => {
    const past = file({ ...encryptedWith(encryption), information: '/CertValidUntil (2026-11-23)' });
    expect((await codesOf(past)).at(-1)).toBe('ANNOTATION_EXPIRED');
  });
});

describe('a file whose password is needed', () => {
  it.each(Object.entries(LOCKED))('is unknown: %s', async (_name, dictionary) => {
    expect(await codesOf(file({ trailer: trailerOf(dictionary) }))).toEqual(NEEDED);
  });

  it('is valid where only its attachments are encrypted', async () => {
    const dictionary = LOCKED['AES-128 (V4, R4)'].replaceAll('F /StdCF', 'F /Identity');
    expect((await verifyPdf(file({ trailer: trailerOf(`${dictionary} `) }), TRUSTED)).verdict).toBe('valid');
  });
});

const AES = ENCRYPTIONS['AES-128 (V4, R4)'];
const RC4 = ENCRYPTIONS['RC4, 128 bits (V2, R3)'];
const NEWEST = ENCRYPTIONS['AES-256 (V5, R6)'];

/** AES, of which the dictionary says something else. */
const saying = (text: string | RegExp, by: string, { dictionary }: Encryption = AES) => {
  const changed = dictionary.replace(text, by);
  expect(changed).not.toBe(dictionary);
  return file({ ...encryptedWith(AES), trailer: trailerOf(changed) });
};

describe('an encryption that is not known, or damaged', () => {
  it.each<[string, () => Buffer]>([
    ['of another security handler', () => saying('/Standard', '/Adobe.PubSec')],
    ['of no security handler', () => saying('/Filter /Standard', '')],
    ['of a version that nobody published', () => saying('/V 2', '/V 3', RC4)],
    ['of a future version', () => saying('/V 5', '/V 6', NEWEST)],
    ['of no version', () => saying('/V 4', '')],
    ['of a future revision', () => saying('/R 6', '/R 7', NEWEST)],
    ['of a revision that does not fit its version', () => saying('/R 4', '/R 6')],
    ['of an endless key', () => saying('/Length 128', '/Length 9007199254740991', RC4)],
    ['of a key that is too long', () => saying('/Length 128', '/Length 136', RC4)],
    ['of a key that is too short', () => saying('/Length 128', '/Length 0', RC4)],
    ['of a negative key', () => saying('/Length 128', '/Length -128', RC4)],
    ['of a key with half a byte', () => saying('/Length 128', '/Length 100', RC4)],
    ['without a check of the password', () => saying(/\/U <\w+>/, '')],
    ['with a check of the password that is too short', () => saying(/\/U <\w+>/, '/U <e21cc3>')],
    ['with another check of the password', () => saying('/U <e2', '/U <e3')],
    ['with a check of the password that is a list', () => saying(/\/U <\w+>/, '/U [1 2 3]')],
    ['without a wrapped key', () => saying(/\/UE <\w+>/, '', NEWEST)],
    ['with another salt', () => saying(/(?<=\/U <\w{64})3a/, '3b', NEWEST)],
    ['without permissions', () => saying('/P -4', '')],
    ['with permissions that are a word', () => saying('/P -4', '/P /All')],
    ['with permissions beyond all numbers', () => saying('/P -4', '/P 99999999999999999999')],
    ['with two revisions', () => saying('/R 4', '/R 4 /R 4')],
    ['with a crypt filter that is not there', () => saying('/StrF /StdCF', '/StrF /Other')],
    ['with a method of nobody', () => saying('/AESV2', '/AESV9')],
    ['with a method that a program has to know', () => saying('/AESV2', '/None')],
    ['with the method of another version', () => saying('/AESV2', '/AESV3')],
    ['that is not in the file', () => file({ ...encryptedWith(AES), trailer: '/Encrypt 99 0 R' })],
    ['that refers to the page', () => file({ ...encryptedWith(AES), trailer: '/Encrypt 3 0 R' })],
    ['that is a number', () => file({ ...encryptedWith(AES), trailer: '/Encrypt 5' })],
  ])('%s: is unknown', async (_name, make) => {
    expect(await codesOf(make())).toEqual(NEEDED);
  });

  it('is one where the identifier is missing', async () => {
    expect(await codesOf(file({ ...encryptedWith(AES), trailer: `/Encrypt ${AES.dictionary}` }))).toEqual(NEEDED);
  });
});

/** The dictionary in an object of its own, the information behind it. */
const apart = ({ dictionary, ...encryption }: Encryption, inside = (text: string) => text) => ({
  objects: ({ 7: information = '', ...objects }: Readonly<Record<number, string>>) => ({
    ...encryptedWith({ dictionary, ...encryption }).objects({ ...objects, 8: information }),
    7: inside(dictionary),
  }),
  trailer: trailerOf('7 0 R'),
});

describe('the entries of an encryption', () => {
  it('are not encrypted in an object of their own', async () => {
    for (const encryption of [RC4, AES, NEWEST])
      expect((await verifyPdf(file(apart(encryption)), TRUSTED)).annotation?.validUntil).toBe('2027-02-21');
  });

  it('may be references', async () => {
    const { objects, trailer } = apart(AES, (text) => text.replace(/\/U (<\w+>)/, '/U 9 0 R'));
    const user = /\/U (<\w+>)/.exec(AES.dictionary)?.[1] ?? '';
    // The information comes last, so it is the object 10.
    const moved = (given: Readonly<Record<number, string>>) => {
      const { 7: information = '', ...others } = given;
      return {
        ...objects({ ...others, 7: '' }),
        8: 'null',
        9: user,
        10: encryptedObject(10, information, AES),
      };
    };
    expect((await verifyPdf(file({ objects: moved, trailer }), TRUSTED)).annotation?.validUntil).toBe('2027-02-21');
  });

  it('may be longer than they need', async () => {
    const longer = NEWEST.dictionary.replace(
      /\/(O|U) <(\w+)>/g,
      (_, key, digits) => `/${key} <${digits.padEnd(254, '0')}>`,
    );
    const options = { ...encryptedWith(NEWEST), trailer: trailerOf(longer) };
    expect((await verifyPdf(file(options), TRUSTED)).verdict).toBe('valid');
  });

  it('may give the permissions as a number of 32 bits without a sign', async () => {
    const unsigned = AES.dictionary.replace('/P -4', '/P 4294967292');
    expect((await verifyPdf(file({ ...encryptedWith(AES), trailer: trailerOf(unsigned) }), TRUSTED)).verdict).toBe(
      'valid',
    );
  });
});

/** A good file of which one object was written otherwise before it was signed. */
const withObject = (encryption: Encryption, number: number, write: (encrypted: string) => string) => {
  const { objects, trailer } = encryptedWith(encryption);
  return file({
    trailer,
    objects: (given) => {
      const encrypted = objects(given);
      return { ...encrypted, [number]: write(encrypted[number] ?? '') };
    },
  });
};

describe('the strings of an encrypted file', () => {
  const day = (encryption: Encryption) => encryptedString(7, '2027-02-21', encryption);

  it.each<[string, Encryption, (information: string) => string]>([
    ['that is not encrypted', AES, (text) => text.replace(day(AES), '(2027-02-21)')],
    ['that is not encrypted, RC4', RC4, (text) => text.replace(day(RC4), '(2027-02-21)')],
    [
      'that is encrypted for another object',
      AES,
      (text) => text.replace(day(AES), encryptedString(6, '2027-02-21', AES)),
    ],
    [
      'that is encrypted for another object, RC4',
      RC4,
      (text) => text.replace(day(RC4), encryptedString(6, '2027-02-21', RC4)),
    ],
    [
      'that is encrypted by another cipher',
      AES,
      (text) => text.replace(day(AES), encryptedString(7, '2027-02-21', RC4)),
    ],
    [
      'that has another key',
      NEWEST,
      (text) => text.replace(day(NEWEST), encryptedString(7, '2027-02-21', { ...NEWEST, key: 'ab'.repeat(32) })),
    ],
    ['that is no more than a vector', AES, (text) => text.replace(day(AES), `<${'ab'.repeat(16)}>`)],
    ['that has a byte too many', AES, (text) => text.replace(day(AES), day(AES).replace('>', 'ab>'))],
    ['whose last block is cut', AES, (text) => text.replace(day(AES), day(AES).replace(/..>$/, '>'))],
    ['whose padding is wrong', AES, (text) => text.replace(day(AES), `<${'ab'.repeat(32)}>`)],
    ['that is empty', AES, (text) => text.replace(day(AES), '<>')],
  ])('state nothing where there is one %s', async (_name, encryption, write) => {
    const changed = withObject(encryption, 7, (text) => {
      const written = write(text);
      expect(written).not.toBe(text);
      return written;
    });
    const { verdict, layers, annotation } = await verifyPdf(changed, TRUSTED);
    expect({ verdict, code: layers.annotation.code, annotation }).toEqual({
      verdict: 'unknown',
      code: 'ANNOTATION_UNREADABLE',
      annotation: undefined,
    });
  });

  it('are encrypted by the generation of their object, too', async () => {
    for (const encryption of [RC4, AES]) {
      const information = `<< /CertValidUntil ${encryptedString(2, '2027-02-21', encryption, 9)} >>`;
      const written = document({ 1: '<< /Type /Catalog >>', 2: information }, trailerOf(encryption.dictionary));
      const renumbered = replaced(written, '\n2 0 obj', '\n2 9 obj');
      const { objects, trailer } = encryptedWith(encryption);
      const options = { container: signed, objects, trailer: `/Info 2 9 R ${trailer}` };
      const pdf = signedBehind(renumbered, { number: 1, text: '<< /Type /Catalog >>' }, options);
      expect(await verifyPdf(pdf, TRUSTED)).toMatchObject({
        verdict: 'valid',
        annotation: { validUntil: '2027-02-21' },
      });
    }
  });

  it('are plain where StrF is Identity', async () => {
    const dictionary = AES.dictionary.replace('/StrF /StdCF', '/StrF /Identity');
    const plain = file({ trailer: trailerOf(dictionary) });
    expect((await verifyPdf(plain, TRUSTED)).annotation?.validUntil).toBe('2027-02-21');
  });

  it('are plain where there is no StrF', async () => {
    const dictionary = AES.dictionary.replace('/StrF /StdCF', '');
    expect((await verifyPdf(file({ trailer: trailerOf(dictionary) }), TRUSTED)).annotation?.validUntil).toBe(
      '2027-02-21',
    );
  });

  it('of a signature need not be encrypted', async () => {
    for (const encryption of [RC4, AES, NEWEST]) {
      const plain = withObject(encryption, 5, (text) => text.replace(/\/M <\w+>/, "/M (D:20261124100000+08'00')"));
      expect(await verifyPdf(plain, TRUSTED)).toMatchObject({ verdict: 'valid', claimedSigningTime: undefined });
    }
  });
});

describe('a signed file to which somebody added an encryption', () => {
  const plain = file();
  const encrypted = file(encryptedWith(AES));
  const other = (encryption: Encryption, id?: string) =>
    `/Root 1 0 R /Info 7 0 R ${trailerOf(encryption.dictionary, id)}`;

  it.each<[string, Buffer]>([
    ['one that opens', withRevision(plain, {}, other(AES))],
    [
      'one that opens, with a longer annotation',
      withRevision(plain, { 7: encryptedObject(7, '<< /CertValidUntil (2099-01-01) >>', AES) }, other(AES)),
    ],
    ['another one', withRevision(encrypted, {}, other(NEWEST))],
    ['another identifier', withRevision(file(encryptedWith(NEWEST)), {}, other(NEWEST, '32'.repeat(16)))],
    ['none any more', withRevision(encrypted, {}, '/Root 1 0 R /Info 7 0 R')],
    [
      'another crypt filter',
      withRevision(encrypted, {}, `/Root 1 0 R /Info 7 0 R ${trailerOf(AES.dictionary.replace('/AESV2', '/V2'))}`),
    ],
    [
      'plain strings',
      withRevision(
        encrypted,
        {},
        `/Root 1 0 R /Info 7 0 R ${trailerOf(AES.dictionary.replace('/StrF /StdCF', '/StrF /Identity'))}`,
      ),
    ],
  ])('%s: is invalid, and states nothing', async (_name, changed) => {
    const { verdict, annotation } = await verifyPdf(changed, TRUSTED);
    expect({ verdict, annotation }).toEqual({ verdict: 'invalid', annotation: undefined });
  });

  it('one that needs a password: is not valid', async () => {
    const changed = withRevision(plain, {}, `/Root 1 0 R ${trailerOf(LOCKED['AES-256 (V5, R6)'])}`);
    expect((await verifyPdf(changed, TRUSTED)).verdict).not.toBe('valid');
  });
});

/** An object stream of this data, in a file that has its index in a stream too. */
function withObjectStream(encryption: Encryption, inside: string, { filter = '', method = encryption } = {}): Buffer {
  const data = encryptedData(2, Buffer.from(`3 0 ${inside}`, 'latin1'), method);
  const objects = {
    1: '<< /Type /Catalog >>',
    2: `<< /Type /ObjStm /N 1 /First 4 ${filter} /Length ${data.length} >>\nstream\n`,
  };
  const head = document(objects).toString('latin1');
  const streamStart = head.indexOf('stream\n') + 'stream\n'.length;
  const body = `${head.slice(0, streamStart)}${data.toString('latin1')}\nendstream\nendobj\n`;
  const offsets = [head.indexOf('1 0 obj'), head.indexOf('2 0 obj')];
  const index = Buffer.from([
    0,
    0,
    0,
    0,
    1,
    0,
    offsets[0] ?? 0,
    0,
    1,
    0,
    offsets[1] ?? 0,
    0,
    2,
    0,
    2,
    0,
    1,
    body.length >> 8,
    body.length & 0xff,
    0,
  ]);
  const entries = `/Type /XRef /W [1 2 1] /Size 5 /Root 1 0 R ${trailerOf(encryption.dictionary)}`;
  const pdf = `${body}4 0 obj\n<< ${entries} /Length ${index.length} >>\nstream\n${index.toString('latin1')}\nendstream\nendobj\nstartxref\n${body.length}\n%%EOF\n`;
  const { objects: encrypted, trailer } = encryptedWith(encryption);
  const options = { container: signed, objects: encrypted, trailer: `/Info 3 0 R ${trailer}` };
  return signedBehind(Buffer.from(pdf, 'latin1'), { number: 1, text: '<< /Type /Catalog >>' }, options);
}

describe('the object streams of an encrypted file', () => {
  const plain: Encryption = { ...AES, cipher: 'none' };
  const identity = '/Filter [/Crypt] /DecodeParms [<< /Name /Identity >>]';
  const stated = async (pdf: Buffer) => {
    const { layers, annotation } = await verifyPdf(pdf, TRUSTED);
    return annotation?.validUntil ?? layers.annotation.code;
  };

  it.each([RC4, AES, NEWEST])('are decrypted, the strings in them not', async (encryption) => {
    expect(await stated(withObjectStream(encryption, '<< /CertValidUntil (2027-02-21) >>'))).toBe('2027-02-21');
    const twice = `<< /CertValidUntil ${encryptedString(3, '2027-02-21', encryption)} >>`;
    expect(await stated(withObjectStream(encryption, twice))).toBe('ANNOTATION_UNREADABLE');
  });

  it.each([
    ['Identity', identity, plain, '2027-02-21'],
    ['none that is named', '/Filter [/Crypt]', plain, '2027-02-21'],
    ['a name that is no list', '/Filter /Crypt', plain, '2027-02-21'],
    ['the one of all', '/Filter [/Crypt] /DecodeParms [<< /Name /StdCF >>]', AES, '2027-02-21'],
    ['one of nobody', '/Filter [/Crypt] /DecodeParms [<< /Name /Other >>]', AES, 'ANNOTATION_UNREADABLE'],
    ['itself twice', '/Filter [/Crypt /Crypt] /DecodeParms [null null]', plain, 'ANNOTATION_UNREADABLE'],
  ])('may have a crypt filter of their own: %s', async (_name, filter, method, expected) => {
    const pdf = withObjectStream(AES, '<< /CertValidUntil (2027-02-21) >>', { filter, method });
    expect(await stated(pdf)).toBe(expected);
  });

  it('have none before version 4', async () => {
    const pdf = withObjectStream(RC4, '<< /CertValidUntil (2027-02-21) >>', { filter: identity, method: plain });
    expect(await stated(pdf)).toBe('ANNOTATION_UNREADABLE');
  });

  it.each([
    ['is not encrypted', plain],
    ['is encrypted with another key', { ...AES, key: 'ab'.repeat(16) }],
  ])('state nothing where one %s', async (_name, method) => {
    const pdf = withObjectStream(AES, '<< /CertValidUntil (2027-02-21) >>', { method });
    expect(await stated(pdf)).toBe('ANNOTATION_UNREADABLE');
  });

  it('are plain where StmF is Identity', async () => {
    const encryption = { ...AES, dictionary: AES.dictionary.replace('/StmF /StdCF', '/StmF /Identity') };
    const pdf = withObjectStream(encryption, '<< /CertValidUntil (2027-02-21) >>', { method: plain });
    expect(await stated(pdf)).toBe('2027-02-21');
  });
});

describe('a file that costs as much as it can', () => {
  it('40 MB of object streams, each with all of the others: is given up', { timeout: 30_000 }, async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => 1_000 + index);
    const size = 40_000_000;
    const header = (number: number, length: number) =>
      `${number} 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length ${String(length).padStart(10, '0')} >>\nstream\n`;
    const step = header(1_000, 0).length;
    const headers = numbers.map((number, index) => header(number, size + (numbers.length - 1 - index) * step));
    const pdf = Buffer.concat([
      Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n${headers.join('')}`),
      Buffer.alloc(size, 'x'),
      Buffer.from(`\nendstream\nendobj\ntrailer\n<< /Root 1 0 R ${trailerOf(RC4.dictionary)} >>\n%%EOF\n`),
    ]);
    expect((await codesOf(pdf)).slice(0, 2)).toEqual(['unknown', 'FILE_TOO_COMPLEX']);
  });
});

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

it.each([
  ['RC4', RC4],
  ['AES-128', AES],
  ['AES-256', NEWEST],
])('a byte that is changed anywhere is noticed: %s', async (_name, encryption) => {
  const pdf = file({ ...encryptedWith(encryption), roomBytes: 900 });
  const random = numbers(20_261_124);
  const next = (below: number) => Math.floor((random.next().value ?? 0) * below);
  for (let change = 0; change < CHANGES; change += 1) {
    const [at, bit] = [next(pdf.length), next(8)];
    const changed = Buffer.from(pdf);
    changed.writeUInt8(pdf.readUInt8(at) ^ (1 << bit), at);
    if ((await verifyPdf(changed, TRUSTED)).verdict === 'valid') expect.fail(`valid with bit ${bit} at ${at}`);
  }
});

describe('RC4', () => {
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8'],
    ['01020304050607', '293f02d47f37c9b633f2af5285feb46b'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97'],
  ])('is that of RFC 6229: %s', (key, stream) => {
    expect(rc4(Buffer.from(key, 'hex'), Buffer.alloc(16)).toString('hex')).toBe(stream);
  });
});
