/** SM2 keys, certificates and signatures made by OpenSSL. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate } from '../../src/pdf/x509/certificate.ts';
import { ecKey, type Issued } from './certificates.ts';
import type { Der } from './der.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface OpensslSm2 {
  readonly root: Der;
  readonly signer: Issued;
  sign(data: Buffer): Buffer;
}

/**
 * A root and a signer below it.
 * @param identity the signer's, as `-pkeyopt distid` takes it; none where left out
 * @param folder where its files are for as long as it signs; of one test where left out
 */
export function opensslSm2(identity?: string, folder = temporaryFolder()): OpensslSm2 {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const distid = 'distid:1234567812345678';
  writeFileSync(at('extensions'), 'keyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:FALSE\n');
  for (const name of ['root', 'signer']) openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', `${name}.key`);
  const signing = ['-sm3', '-sigopt', distid];
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'root.key',
    ...signing,
    '-subj',
    '/CN=SM2 Root',
    '-days',
    '3650',
    '-out',
    'root.pem',
  );
  openssl('req', '-new', '-key', 'signer.key', ...signing, '-subj', '/CN=SM2 Signer', '-out', 'signer.csr');
  openssl(
    ...[
      'x509',
      '-req',
      '-in',
      'signer.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-set_serial',
      '7',
      '-days',
      '3650',
    ],
    ...[...signing, '-vfyopt', distid, '-extfile', 'extensions', '-out', 'signer.pem'],
  );
  const der = (name: string) => openssl('x509', '-in', `${name}.pem`, '-outform', 'DER');
  const certificate = readCertificate(der('signer'));
  const serialNumber = Buffer.concat([Buffer.from([2, certificate.serialNumber.length]), certificate.serialNumber]);
  return {
    root: der('root'),
    signer: {
      der: certificate.raw,
      key: ecKey(),
      name: certificate.subject,
      issuerName: certificate.issuer,
      serialNumber,
    },
    sign: (data) => {
      writeFileSync(at('data'), data);
      const options = identity === undefined ? [] : ['-pkeyopt', `distid:${identity}`];
      openssl(
        'pkeyutl',
        '-sign',
        '-rawin',
        '-digest',
        'sm3',
        ...options,
        '-inkey',
        'signer.key',
        '-in',
        'data',
        '-out',
        'signature',
      );
      return readFileSync(at('signature'));
    },
  };
}
