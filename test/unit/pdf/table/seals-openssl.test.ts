/** What OpenSSL says of the same seals: digests, signatures and chains, on bytes that another reader took apart. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AsnType, BitString, fromBER, OctetString, Sequence } from 'asn1js';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { pem } from '../../../support/certificates.ts';
import { bits, generalizedTime, sequence, utcTime } from '../../../support/der.ts';
import { opensslSm2 } from '../../../support/openssl-sm2.ts';
import { EDITIONS, raw, type SealOptions, sealedPdf, sealRoot, signWith, user } from '../../../support/seals.ts';
import { partsOf, signedFile } from '../../../support/signed-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { requireTool } from '../../../support/tools.ts';

const IDENTITY = 'distid:1234567812345678';

interface Opinion {
  readonly digest: boolean;
  readonly signature: boolean;
  readonly sealSignature: boolean;
  readonly chains: boolean;
}

const bytesOf = (element: AsnType | undefined): Buffer => {
  if (element instanceof BitString || element instanceof OctetString)
    return Buffer.from(element.valueBlock.valueHexView);
  throw new Error('not a string of bytes');
};
const partsIn = (element: AsnType | undefined): readonly AsnType[] => {
  if (element instanceof Sequence) return element.valueBlock.value;
  throw new Error('not a SEQUENCE');
};
const rawOf = (element: AsnType | undefined): Buffer => Buffer.from(element?.valueBeforeDecodeView ?? []);

/** Takes an SES_Signature apart. */
function apart(container: Buffer) {
  const [toSign, ...rest] = partsIn(fromBER(Uint8Array.from(container)).result);
  const fields = partsIn(toSign);
  const isFirst = rest.length === 1;
  const [info, ...sealed] = partsIn(fields[1]);
  const [makerCertificate, makerAlgorithm, makerSignature] = sealed.length === 1 ? partsIn(sealed[0]) : sealed;
  return {
    signed: rawOf(toSign),
    signature: bytesOf(isFirst ? rest[0] : rest[2]),
    certificate: bytesOf(isFirst ? fields[5] : rest[0]),
    digest: bytesOf(fields[3]).toString('hex'),
    seal: {
      signed: sealed.length === 1 ? sequence(...[info, makerCertificate, makerAlgorithm].map(rawOf)) : rawOf(info),
      signature: bytesOf(makerSignature),
      certificate: bytesOf(makerCertificate),
    },
  };
}

/** @param rootKind of the root's key: OpenSSL takes no identity for another than SM2 */
function opinionOn(pdf: Buffer, root: string, rootKind: 'sm2' | 'p256' = 'sm2'): Opinion {
  const folder = temporaryFolder();
  const saved = (name: string, bytes: Buffer | string) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const agrees = (args: readonly string[], word: string) =>
    spawnSync('openssl', args, { encoding: 'utf8' }).stdout.includes(word);
  const { container, content } = partsOf(pdf);
  const { seal, digest, ...own } = apart(container);
  const isSignedBy = ({ signed, signature, certificate }: typeof seal) => {
    const path = saved('certificate.pem', pem(certificate));
    const key = saved('key.pem', execFileSync('openssl', ['x509', '-in', path, '-noout', '-pubkey']));
    const files = ['-inkey', key, '-sigfile', saved('signature', signature), '-in', saved('signed', signed)];
    return agrees(
      ['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', IDENTITY, '-pubin', ...files],
      'Verified',
    );
  };
  const identity = rootKind === 'sm2' ? ['-vfyopt', IDENTITY] : [];
  const isIssued = (certificate: Buffer) =>
    agrees(['verify', ...identity, '-CAfile', saved('root.pem', root), saved('one.pem', pem(certificate))], 'OK');
  return {
    digest: agrees(['dgst', '-sm3', '-hex', saved('content', content)], digest),
    signature: isSignedBy(own),
    sealSignature: isSignedBy(seal),
    chains: isIssued(own.certificate) && isIssued(seal.certificate),
  };
}

const GOOD: Opinion = { digest: true, signature: true, sealSignature: true, chains: true };

describe.skipIf(!requireTool('openssl'))('OpenSSL, asked about a seal', () => {
  it.each(EDITIONS)('of %i: agrees that it is good', (edition) => {
    expect(opinionOn(sealedPdf({ edition }), pem(sealRoot.der))).toEqual(GOOD);
  });

  it('of the sandbox: agrees that it is good', async () => {
    const { bytes, root } = await signedFile({ signature: 'ses' });
    expect(opinionOn(bytes, readFileSync(root, 'utf8'), 'p256')).toEqual(GOOD);
  });

  it.each<[keyof Opinion, SealOptions]>([
    ['signature', { sign: () => signWith(user)(Buffer.from('else')) }],
    ['sealSignature', { makerSigns: signWith(user) }],
  ])('agrees that something is wrong: %s', async (wrong, options) => {
    const pdf = sealedPdf(options);
    expect(opinionOn(pdf, pem(sealRoot.der))).toEqual({ ...GOOD, [wrong]: false });
    expect(
      (await verifyPdf(pdf, { trustAnchors: [sealRoot.der], now: new Date('2026-11-24T12:00:00+08:00') })).verdict,
    ).toBe('invalid');
  });

  it('agrees that a page was changed', () => {
    const changed = sealedPdf().toString('latin1').replace('0 0 1 rg', '1 0 1 rg');
    expect(opinionOn(Buffer.from(changed, 'latin1'), pem(sealRoot.der))).toEqual({ ...GOOD, digest: false });
  });

  it('signed by OpenSSL, of every edition, as OpenSSL writes it or as two numbers: is good', async () => {
    const [own, maker] = [opensslSm2(IDENTITY.slice(7)), opensslSm2(IDENTITY.slice(7))];
    const now = new Date(Date.now() + 3_600_000);
    for (const edition of EDITIONS)
      for (const written of [(signature: Buffer) => signature, raw]) {
        const pdf = sealedPdf({
          edition,
          user: own.signer,
          maker: maker.signer,
          timeInfo: edition === 2014 ? bits(utcTime(now)) : generalizedTime(now),
          sign: (data) => written(own.sign(data)),
          makerSigns: (data) => written(maker.sign(data)),
        });
        expect((await verifyPdf(pdf, { trustAnchors: [own.root, maker.root], now })).verdict).toBe('valid');
        // The two roots are of one name, so it is the key that tells them apart.
        expect((await verifyPdf(pdf, { trustAnchors: [own.root], now })).verdict).not.toBe('valid');
      }
  });
});
