/** A reason is a word of a closed union or the system's code. The type checker reads this file: each line below is wrong. */
import { expect, it } from 'vitest';
import { CertError, type ErrorParams } from '../../../src/errors.ts';

const someString: string = 'ENOENT';

const SENTENCES: readonly ErrorParams[keyof ErrorParams][] = [
  // @ts-expect-error a sentence is no reason
  new CertError('FILE_NOT_WRITABLE', { path: '/f', detail: 'another process is using it' }).params,
  // @ts-expect-error neither is any string
  new CertError('FILE_NOT_READABLE', { path: '/f', detail: someString }).params,
  // @ts-expect-error
  new CertError('CONFIG_INVALID', { path: '/f', detail: 'it is damaged' }).params,
  // @ts-expect-error
  new CertError('JOURNAL_INVALID', { path: '/f', detail: someString }).params,
  // @ts-expect-error
  new CertError('SECRETS_DAMAGED', { path: '/f', detail: 'nonsense' }).params,
  // @ts-expect-error
  new CertError('ENVIRONMENT_INVALID', { name: 'CERT_LANG', detail: 'give en or zh-CN' }).params,
  // @ts-expect-error
  new CertError('TRUST_FILE_INVALID', { path: '/f', detail: 'it is too large' }).params,
  // @ts-expect-error
  new CertError('PROXY_FAILED', { fault: 'not a proxy address' }).params,
  // @ts-expect-error
  new CertError('TLS_FAILED', { host: 'portal.example', code: 'the certificate has expired' }).params,
  // @ts-expect-error
  new CertError('PORTAL_PROTOCOL', { fault: { kind: 'a strange answer' } }).params,
  // @ts-expect-error
  new CertError('SECRET_STORE_UNAVAILABLE', { store: 'keychain', reason: 'no process can be started' }).params,
  // @ts-expect-error
  new CertError('USAGE', { fault: { kind: 'give a number' } }).params,
];

it('no reason is free text', () => expect(SENTENCES.length).toBeGreaterThan(10));
