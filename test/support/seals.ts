/** Electronic seals made by hand, of three editions, right or wrong in any one way. */
import { createHash } from 'node:crypto';
import { type Issued, issue, sm2Key } from './certificates.ts';
import { bits, context, type Der, generalizedTime, ia5, integer, octets, oid, sequence, utcTime, utf8 } from './der.ts';
import { type PdfOptions, signedPdf } from './hand-made-pdf.ts';

const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const SIGNS_AND_BINDS = 0xc0;

export const sealRoot = issue({ name: 'Root', key: sm2Key(), ca: true });
export const maker = issue({ name: 'Maker', key: sm2Key(), issuer: sealRoot, keyUsage: SIGNS_AND_BINDS });
export const user = issue({ name: 'User', key: sm2Key(), issuer: sealRoot, keyUsage: SIGNS_AND_BINDS });

export type Edition = 2014 | 2020 | 2025;
export const EDITIONS: readonly Edition[] = [2014, 2020, 2025];

type Parts = readonly Der[];
type Change = (parts: Parts) => Parts;

export interface SealOptions {
  readonly edition?: Edition;
  /** Of the seal inside; as the signature around it where left out. */
  readonly sealEdition?: Edition;
  readonly version?: Der;
  readonly maker?: Issued;
  readonly user?: Issued;
  /** Who may use it; the user's certificate where left out. */
  readonly users?: Parts;
  readonly from?: Date;
  readonly to?: Date;
  readonly createdAt?: Date;
  readonly timeInfo?: Der;
  readonly dataHash?: (content: Buffer) => Der;
  /** The elements as the edition has them, before anybody signs: changed, left out, more of them. */
  readonly property?: Change;
  readonly info?: Change;
  readonly toSign?: Change;
  /** The same when all is signed. */
  readonly seal?: Change;
  readonly signature?: Change;
  readonly algorithm?: Der;
  readonly makerAlgorithm?: Der;
  readonly sign?: (data: Buffer) => Buffer;
  readonly makerSigns?: (data: Buffer) => Buffer;
  /** A timestamp on the user's signature. */
  readonly timestamp?: (signature: Buffer) => Der;
}

export const at = (time: string): Date => new Date(`${time}Z`);
const SEALED_AT = at('2026-11-24T02:00:00');
/** What it is does not matter to anybody here. */
const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex');

export const signWith =
  ({ key }: Issued) =>
  (data: Buffer): Buffer =>
    key.sign?.(data) ?? Buffer.alloc(0);

const sm3 = (data: Buffer): Buffer => createHash('sm3').update(data).digest();
export const digestEntry = (type: Der, { der }: Issued): Der => sequence(type, octets(sm3(der)));

const same: Change = (parts) => parts;

export function sealOf(options: SealOptions = {}): Der {
  const { edition = 2020, sealEdition = edition, maker: made = maker, user: used = user } = options;
  const { version = integer(sealEdition === 2014 ? 1 : sealEdition === 2020 ? 4 : 5) } = options;
  const { from = at('2025-01-01T00:00:00'), to = at('2030-01-01T00:00:00'), createdAt = from } = options;
  const time = sealEdition === 2014 ? utcTime : generalizedTime;
  const { users = [octets(used.der)], makerAlgorithm = oid(SM2_WITH_SM3) } = options;
  const { property = same, info = same, seal = same, makerSigns = signWith(made) } = options;
  const properties = sequence(
    ...property([
      integer(1),
      utf8('测试专用章'),
      ...(sealEdition === 2014 ? [] : [integer(users[0]?.[0] === 0x30 ? 2 : 1)]),
      sequence(...users),
      time(createdAt),
      time(from),
      time(to),
    ]),
  );
  const picture = sequence(ia5('PNG'), octets(PICTURE), integer(40), integer(40));
  const sealInfo = sequence(
    ...info([sequence(ia5('ES'), version, ia5('TEST')), ia5('33010600000001'), properties, picture]),
  );
  const certificate = octets(made.der);
  if (sealEdition === 2014) {
    const signed = makerSigns(sequence(sealInfo, certificate, makerAlgorithm));
    return sequence(...seal([sealInfo, sequence(certificate, makerAlgorithm, bits(signed))]));
  }
  const signed = bits(makerSigns(sealInfo));
  const timestamp = sealEdition === 2025 ? [context(0, bits(Buffer.from('a timestamp')))] : [];
  return sequence(...seal([sealInfo, certificate, makerAlgorithm, signed, ...timestamp]));
}

/** An SES_Signature over the content. */
export function sealSignature(content: Buffer, options: SealOptions = {}): Der {
  const { edition = 2020, user: used = user, version = integer(edition === 2014 ? 1 : 4) } = options;
  const { algorithm = oid(SM2_WITH_SM3), toSign: change = same, signature = same, sign = signWith(used) } = options;
  const { timeInfo = edition === 2014 ? bits(utcTime(SEALED_AT)) : generalizedTime(SEALED_AT) } = options;
  const { dataHash = (data: Buffer) => bits(sm3(data)) } = options;
  const certificate = octets(used.der);
  const ofFirst = edition === 2014 ? [certificate, algorithm] : [];
  const common = [version, sealOf(options), timeInfo, dataHash(content), ia5('/ByteRange')];
  const toSign = sequence(...change([...common, ...ofFirst]));
  const signed = sign(toSign);
  if (edition === 2014) return sequence(...signature([toSign, bits(signed)]));
  const timestamp = options.timestamp === undefined ? [] : [context(0, bits(options.timestamp(signed)))];
  return sequence(...signature([toSign, certificate, algorithm, bits(signed), ...timestamp]));
}

/** A sealed file, good but for what is told. */
export const sealedPdf = (options: SealOptions = {}, pdf: Partial<PdfOptions> = {}): Buffer =>
  signedPdf({
    format: 'GM.sm2seal',
    roomBytes: 4_000,
    container: (content) => sealSignature(content, options),
    ...pdf,
  });

/** r and s of a signature side by side. */
export function raw(signature: Buffer): Buffer {
  const numbers: Buffer[] = [];
  for (let start = 2; start < signature.length; ) {
    const length = signature[start + 1] ?? 0;
    numbers.push(signature.subarray(start + 2, start + 2 + length));
    start += 2 + length;
  }
  return Buffer.concat(numbers.map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}
