/** Encryption by which PDFs made by hand are encrypted before they are signed, as a portal would that forbids changes. */
import { createCipheriv, createHash } from 'node:crypto';
import { rc4 } from '../../src/pdf/encryption/rc4.ts';
import type { PdfOptions } from './hand-made-pdf.ts';

export interface Encryption {
  /** The /Encrypt dictionary. */
  readonly dictionary: string;
  /** The file's key, hex. */
  readonly key: string;
  readonly cipher: 'rc4' | 'aes-128' | 'aes-256' | 'none';
}

const ID = '31415926535897932384626433832795';
const standard = (entries: string) => `<< /Filter /Standard /P -4 ${entries} >>`;
const filtered = (method: string, entries: string) =>
  standard(`/CF << /StdCF << /AuthEvent /DocOpen /CFM /${method} >> >> /StmF /StdCF /StrF /StdCF ${entries}`);

const O128 = '/O <566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5>';
const U128 = '/U <e21cc3d13b0faa9934db7d20f11e333e0122456a91bae5134273a6db134c87c4>';
const KEY128 = 'abe32231c5baae9679dc306bb3a7427d';

/** Dictionaries and keys that qpdf made (`--encrypt '' owner … --static-id`), two of key lengths that it does not make. */
export const ENCRYPTIONS = {
  'RC4, 40 bits (V1, R2)': {
    dictionary: standard(
      '/V 1 /R 2 /Length 40 /O <c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab> /U <b3d9fa366906ef42f354c6deb74c59075eaf334eb7c04356ba0d7f3dd8b51d0a>',
    ),
    key: '0e7b66938a',
    cipher: 'rc4',
  },
  'RC4, 40 bits (V1, R3)': {
    dictionary: standard(
      '/V 1 /R 3 /O <61840a4e66456bd408feb9a45fc05fce6d8f57574f1350bf0362c1836240898c> /U <7d96333c226e3ca7101c067ccaa2cc4000000000000000000000000000000000>',
    ),
    key: '6dfde9929a',
    cipher: 'rc4',
  },
  'RC4, 64 bits (V2, R3)': {
    dictionary: standard(
      '/V 2 /R 3 /Length 64 /O <dd47436a86235ef111382865c787a42a49fbc77e4b2eafca75b99d56f1d31f66> /U <29ff3f22d92cf9438e4a5b17af8f5a2000000000000000000000000000000000>',
    ),
    key: '45ef566c4e110c49',
    cipher: 'rc4',
  },
  'RC4, 128 bits (V2, R3)': {
    dictionary: standard(`/V 2 /R 3 /Length 128 ${O128} ${U128}`),
    key: KEY128,
    cipher: 'rc4',
  },
  'RC4, 128 bits, given in bytes (V2, R3)': {
    dictionary: standard(`/V 2 /R 3 /Length 16 ${O128} ${U128}`),
    key: KEY128,
    cipher: 'rc4',
  },
  'RC4 by a crypt filter (V4, R4)': {
    dictionary: filtered('V2', `/V 4 /R 4 /Length 128 ${O128} ${U128}`),
    key: KEY128,
    cipher: 'rc4',
  },
  'AES-128 (V4, R4)': {
    dictionary: filtered('AESV2', `/V 4 /R 4 /Length 128 ${O128} ${U128}`),
    key: KEY128,
    cipher: 'aes-128',
  },
  'AES-128, metadata in plain text (V4, R4)': {
    dictionary: filtered(
      'AESV2',
      `/V 4 /R 4 /Length 128 /EncryptMetadata false ${O128} /U <b7ae61ae5fe831ccd7979c155d4f926c0122456a91bae5134273a6db134c87c4>`,
    ),
    key: '1108101ea597f1f35b9393c012b8e3fe',
    cipher: 'aes-128',
  },
  'AES-256 (V5, R5)': {
    dictionary: filtered(
      'AESV3',
      '/V 5 /R 5 /Length 256 /O <2f154d1d2d6b2c85eefa9f079f4b687eec6968e343cd67878f5bc822d771ab1a022ee2b8b8d562dbe13d0d0d9e4cac16> /OE <1a5f031bf55859ddd6662f1e476bba0509d48207552a28dd627951a829e95f4f> /Perms <aba24796487b33ce0c35ee6b21b596c5> /U <5493406542a7f6a7f4906512bfe99398a16d764e1e2de5ebcbda49127a0ce4f56f3ff98f8538624908f6ffb20fca7c98> /UE <75297d37ec850fe8d4fa9371b7dcc2212d4a5c0c950616c0d1214708fd22abe1>',
    ),
    key: '8bf01c79dff94d3f89854d006d90f92a9b8ea617e75c5b7b2c2ff5adfe4aa0d5',
    cipher: 'aes-256',
  },
  'AES-256 (V5, R6)': {
    dictionary: filtered(
      'AESV3',
      '/V 5 /R 6 /Length 256 /O <e0bc30a1b73baa6391034da62b8c07bd2103bf4d162ba58be2bc4d10baf223f9d7f59a2e6cf8b30a8f367b4139d3bdb5> /OE <ff9df56b230bb70cd50acb551d87091e1fae2b8f0a09e70dc4b464a1fcf2de22> /Perms <c850472aa7d9c00208dc3fa19e8b4f8a> /U <21fb6aba8d99a6b132e52cc0a6f4c5dd886383af77527bca4d93e786df6ef1773a3a5b6b57e468bd293e40c1032dcc9e> /UE <8b077d800f91e1123d9bfb62c07c76f29d5473bf71f42917d8a0dfe7bc68c4b7>',
    ),
    key: '7464eff5e32c3518912fdf890bedade7cb166e5683c09b2a2dbc5794ad508c9b',
    cipher: 'aes-256',
  },
  'AES-256, metadata in plain text (V5, R6)': {
    dictionary: filtered(
      'AESV3',
      '/V 5 /R 6 /Length 256 /EncryptMetadata false /O <b7b17be19c0c84f47afbe796129c6f2610bc9b17e3fd14e3024c25f6dbcf7caca3b5f7f887a39f0ed7578e58f7b0379d> /OE <15c244ce22a2ad2b8b86b8a1f8884742134383a755ded03605ecc3752e2aed1c> /Perms <b91e5446145d6b702f06fac40cb35b69> /U <29f920e80df75ddaf2f1dcf3bcac472d175865716c2ce67b85a7f4ed40a1b6a6121478867073b1bf520e9607c6c0a1bd> /UE <a5de2b4d5685ea7624c3dd033a529d2ce7073deecc1aadf30e2805c8d62c9d81>',
    ),
    key: '27c4731b107c56f511376edb7285aafa14754aaeb6679c8aa17faea7dc33dae3',
    cipher: 'aes-256',
  },
} as const satisfies Record<string, Encryption>;

/** Their user has a password; the owner's is empty, so they open without one too. */
export const OPENED_BY_OWNER = {
  'RC4, 40 bits (V1, R2)': {
    dictionary: standard(
      '/V 1 /R 2 /O <7d99ec7aa1e4dec828154a960d56e21aab072ca931b3bd15a0094621a6226be3> /U <0872ec3093a77e9af57cb91799d647957e7d04b99a503a589b6937dc95eefafa>',
    ),
    key: 'fa4ad97718',
    cipher: 'rc4',
  },
  'AES-128 (V4, R4)': {
    dictionary: filtered(
      'AESV2',
      '/V 4 /R 4 /O <6b8930fffbbfff633765563bb31c2904752734814e72b56597f774cf9003971f> /U <9b245538db46aeea9b9bd8c229d1858100000000000000000000000000000000>',
    ),
    key: '4bd6472a06bc8eb5f96402b320e7974f',
    cipher: 'aes-128',
  },
  'AES-256 (V5, R6)': {
    dictionary: filtered(
      'AESV3',
      '/V 5 /R 6 /O <5a12ab6e873a063391e85083a13423cccb8320c9f0949890740060b7612bbee0561ea6db6e3108217f1184b6d3101985> /OE <6ef05bb7ca7c1d079861011183ad6c3e049a5d6c28c0ea51749d5787f14bd126> /Perms <ad22ecf041e3f60b9185c36069f94a15> /U <e5b0d7789bdceaa678b7badf1872efd8261cb9e27ddf032c103e1e9cafc0ee62578ac77527a45b0560ff5542b78d9335> /UE <9b171ddf737cc941147949f744b14c64228e1d4887b3d9972e75af7d0c8e2dd0>',
    ),
    key: '90152253f49b4aa705babc1dd7c488199f478587e34645924ccb79a44dc9045f',
    cipher: 'aes-256',
  },
} as const satisfies Record<string, Encryption>;

/** Both passwords are needed, or one of them. */
export const LOCKED = {
  'AES-128 (V4, R4)': filtered(
    'AESV2',
    '/V 4 /R 4 /Length 128 /O <0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671> /U <763f954d16622015ee88b60b3eb8f7590122456a91bae5134273a6db134c87c4>',
  ),
  'AES-256 (V5, R6)': filtered(
    'AESV3',
    '/V 5 /R 6 /Length 256 /O <826c9d906b154d3804b6458f37c91d4da672a0e3f2d13646b5f8c562421853da604edd118e213c1ab995d4960a7f47e7> /OE <789bbe582cdb98b5881c28b867e8b63f31f0d79879cc540d383a9b1a96f1edbb> /Perms <9decd8159a5c9e92efe042ded9670de9> /U <856f2f19ae346348cc22b8c97e08229350d94425872679df15f021c00fad8b5977f2f3106ef4f736d39df66c7349ddd3> /UE <e43c1ccb110f322edcaf8b27809f1e672b22ac657acafe11be96e6097e62c647>',
  ),
} as const;

/** The options that encrypt a file made by hand; `objects` may be added to. */
export const encryptedWith = (encryption: Encryption): Required<Pick<PdfOptions, 'objects' | 'trailer'>> => ({
  objects: (objects) =>
    Object.fromEntries(
      Object.entries(objects).map(([number, text]) => [number, encryptedObject(Number(number), text, encryption)]),
    ),
  trailer: trailerOf(encryption.dictionary),
});

/** The trailer's entries of an encrypted file. */
export const trailerOf = (encrypt: string, id = ID): string => `/Encrypt ${encrypt} /ID [<${id}> <${id}>]`;

/** The text of an object with its strings and its stream encrypted; what stands in < and > is left as it is. */
export function encryptedObject(number: number, text: string, encryption: Encryption): string {
  const [, head = text, data] = /^(.*?)\nstream\n(.*)\nendstream$/s.exec(text) ?? [];
  const dictionary = head.replace(/\(([^()]*)\)/g, (_, string: string) => encryptedString(number, string, encryption));
  if (data === undefined) return dictionary;
  const encrypted = encryptedData(number, Buffer.from(data, 'latin1'), encryption);
  const measured = dictionary.replace(/\/Length \d+/, `/Length ${encrypted.length}`);
  return `${measured}\nstream\n${encrypted.toString('latin1')}\nendstream`;
}

/** A string of an object, encrypted, in hex. */
export const encryptedString = (number: number, string: string, encryption: Encryption, generation = 0): string =>
  `<${encryptedData(number, Buffer.from(string, 'latin1'), encryption, generation).toString('hex')}>`;

/** Data of an object. */
export function encryptedData(number: number, data: Buffer, { key, cipher }: Encryption, generation = 0): Buffer {
  if (cipher === 'none') return data;
  const fileKey = Buffer.from(key, 'hex');
  const id = Buffer.from([number & 0xff, (number >> 8) & 0xff, number >> 16, generation, 0]);
  const salt = Buffer.from(cipher === 'aes-128' ? 'sAlT' : '');
  const mixed = createHash('md5').update(fileKey).update(id).update(salt).digest();
  const own = cipher === 'aes-256' ? fileKey : mixed.subarray(0, Math.min(fileKey.length + 5, 16));
  if (cipher === 'rc4') return rc4(own, data);
  const vector = createHash('md5').update(data).update(id).digest();
  const aes = createCipheriv(`${cipher}-cbc`, own, vector);
  return Buffer.concat([vector, aes.update(data), aes.final()]);
}
