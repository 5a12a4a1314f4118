/** Whether a seal is one that its maker made, for this user and for the time at which it was used. */
import { layer, type ReasonCode } from '../../domain/verification.ts';
import { digestOf } from '../crypto/digests.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { IssuerChecks } from '../x509/issuers.ts';
import { findPath } from '../x509/path-validation.ts';
import type { Seal } from './read-seal.ts';
import { checkSm2, SM3 } from './sm2.ts';

type Code = ReasonCode<'signer'>;

interface Use {
  readonly user: Certificate;
  /** The time of sealing. */
  readonly at: Date;
  readonly anchors: readonly Certificate[];
  readonly checks: IssuerChecks;
}

/**
 * How far a signer who used a seal can be trusted.
 * @param own how far the signer can be trusted, the seal apart
 */
export async function judgeSeal(own: Code, seal: Seal | 'unreadable', use: Use): Promise<Code> {
  if (seal === 'unreadable') return gravestOf([own, 'SEAL_UNREADABLE']);
  const { user, at } = use;
  return gravestOf([
    own,
    mayUse(user, seal) ? 'TRUSTED' : 'SEAL_NOT_FOR_SIGNER',
    at < seal.validFrom ? 'SEAL_NOT_YET_VALID' : 'TRUSTED',
    at > seal.validUntil ? 'SEAL_EXPIRED' : 'TRUSTED',
    await signatureCode(seal),
    await makerCode(seal, use),
  ]);
}

/** The first reason that proves something, else the first that leaves a doubt. */
const gravestOf = (codes: readonly Code[]): Code =>
  codes.find((code) => layer('signer', code).result === 'fail') ??
  codes.find((code) => code !== 'TRUSTED') ??
  'TRUSTED';

const mayUse = ({ raw }: Certificate, { users }: Seal): boolean =>
  users.some((user) => user.equals(raw) || (SM3 !== undefined && user.equals(digestOf(SM3, raw))));

async function signatureCode(seal: Seal): Promise<Code> {
  const check = await checkSm2(seal, seal.maker);
  if (check === 'match') return 'TRUSTED';
  return check === 'unsupported' ? 'SEAL_UNREADABLE' : 'SEAL_SIGNATURE_MISMATCH';
}

/** The maker's certificate counts at the time of sealing or, where it had expired by then, when the seal was made. */
async function makerCode({ maker, createdAt }: Seal, { at, anchors, checks }: Use): Promise<Code> {
  const known = { embedded: [], anchors, checks };
  const codeAt = async (time: Date) => (await findPath(asMaker(maker), known, time)).code;
  const code = await codeAt(at);
  const last = code === 'CERTIFICATE_EXPIRED' ? await codeAt(createdAt) : code;
  if (last === 'TRUSTED') return last;
  return layer('signer', last).result === 'fail' ? 'SEAL_MAKER_INVALID' : 'SEAL_MAKER_NOT_TRUSTED';
}

const NON_REPUDIATION = 0x40;

/**
 * Authorities issue the certificates of makers under any extended usage, that of servers or of timestamps too, so it
 * says nothing where the key usage has the key's signatures bind somebody: on the certificate of a web server it never does.
 */
function asMaker(maker: Certificate): Certificate {
  const binds = ((maker.extensions.keyUsage?.[0] ?? 0) & NON_REPUDIATION) !== 0;
  return binds ? { ...maker, extensions: { ...maker.extensions, extendedKeyUsage: undefined } } : maker;
}
