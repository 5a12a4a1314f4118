import { describe, expect, it } from 'vitest';
import { verifySm2 } from '../../../src/pdf/crypto/verify-sm2.ts';
import { verifyPdf } from '../../../src/pdf/verify-pdf.ts';
import { readCertificate } from '../../../src/pdf/x509/certificate.ts';
import { type ContainerOptions, container } from '../../support/containers.ts';
import { algorithm } from '../../support/der.ts';
import { signedPdf } from '../../support/hand-made-pdf.ts';
import { type OpensslSm2, opensslSm2 } from '../../support/openssl-sm2.ts';
import { requireTool } from '../../support/tools.ts';

/** After the certificates were made. */
const NOW = new Date(Date.now() + 3_600_000);
const DEFAULT_IDENTITY = '1234567812345678';
const NATIONAL = { containerType: '1.2.156.10197.6.1.4.2.2', contentType: '1.2.156.10197.6.1.4.2.1', version: 1 };
const OIDS = {
  'SM2 with SM3': '1.2.156.10197.1.501',
  SM2: '1.2.156.10197.1.301.1',
  'the curve': '1.2.156.10197.1.301',
} as const;

function pdfBy({ signer, sign }: OpensslSm2, oid: string, over: Partial<ContainerOptions> = {}): Buffer {
  const options = { signer, sign, digest: 'sm3', signatureAlgorithm: algorithm(oid), ...over };
  return signedPdf({
    container: (content) => container(content, options),
    signedAt: `D:${NOW.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`,
  });
}

describe.skipIf(!requireTool('openssl'))('SM2 with SM3, signed by OpenSSL', () => {
  it.each([DEFAULT_IDENTITY, undefined])('verifies with the identity %s', (identity) => {
    const { signer, sign } = opensslSm2(identity);
    const { publicKey } = readCertificate(signer.der);
    const data = Buffer.from('电子证书');
    const signature = sign(data);
    expect(verifySm2(publicKey, data, signature)).toBe(true);
    expect(verifySm2(publicKey, Buffer.from('电子证书 '), signature)).toBe(false);
    for (let at = 0; at < signature.length; at += 1) {
      const changed = Buffer.from(signature);
      changed.writeUInt8((signature.readUInt8(at) ^ 1) & 0xff, at);
      expect(verifySm2(publicKey, data, changed)).toBe(false);
    }
    for (const junk of [Buffer.alloc(0), Buffer.from('3000', 'hex'), Buffer.from('3006020100020100', 'hex')])
      expect(verifySm2(publicKey, data, junk)).toBe(false);
  });

  it('does not take the identity of somebody else', () => {
    const { signer, sign } = opensslSm2('somebody@example');
    const data = Buffer.from('data');
    expect(verifySm2(readCertificate(signer.der).publicKey, data, sign(data))).toBe(false);
  });

  it.each(Object.entries(OIDS))('makes a PDF valid: %s', async (_name, oid) => {
    const maker = opensslSm2(DEFAULT_IDENTITY);
    for (const over of [{}, NATIONAL]) {
      const pdf = pdfBy(maker, oid, over);
      expect(await verifyPdf(pdf, { trustAnchors: [maker.root], now: NOW })).toMatchObject({ verdict: 'valid' });
      const { layers } = await verifyPdf(pdf, { trustAnchors: [], now: NOW });
      expect(layers).toMatchObject({ integrity: { code: 'UNCHANGED' }, signer: { code: 'NO_TRUST_ANCHOR' } });
    }
  });

  it('notices a change', async () => {
    const maker = opensslSm2(DEFAULT_IDENTITY);
    const options = { trustAnchors: [maker.root], now: NOW };
    const pdf = pdfBy(maker, OIDS['SM2 with SM3'], NATIONAL);
    const changed = Buffer.from(pdf.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
    expect((await verifyPdf(changed, options)).layers.integrity.code).toBe('DIGEST_MISMATCH');
    const forged = pdfBy({ ...maker, sign: opensslSm2(DEFAULT_IDENTITY).sign }, OIDS['SM2 with SM3'], NATIONAL);
    expect((await verifyPdf(forged, options)).layers.integrity.code).toBe('SIGNATURE_MISMATCH');
  });

  it.each([
    ['an algorithm of the family that is not known', { signatureAlgorithm: algorithm('1.2.156.10197.1.504') }],
    ['another digest', { digestOid: '1.2.156.10197.1.999' }],
  ])('is not called valid or forged where it is not understood: %s', async (_name, over) => {
    const maker = opensslSm2(DEFAULT_IDENTITY);
    const { verdict, layers } = await verifyPdf(pdfBy(maker, OIDS.SM2, over), { trustAnchors: [maker.root], now: NOW });
    expect({ verdict, code: layers.integrity.code }).toEqual({ verdict: 'unknown', code: 'ALGORITHM_NOT_SUPPORTED' });
  });
});
