import { describe, expect, it } from 'vitest';
import { notWritable } from '../../../src/disk/file-error.ts';
import {
  CertError,
  type ContentReason,
  type EnvironmentReason,
  type ErrorCode,
  type ProtocolFault,
  type UnavailableReason,
} from '../../../src/errors.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { failureOf } from '../../../src/ui/messages/failure.ts';
import { zhCN } from '../../../src/ui/messages/zh-CN/index.ts';
import { CONTENT_REASONS, FILE_REASONS, TRUST_FILE_REASONS } from '../../../src/ui/messages/zh-CN/reasons.ts';

/** The failure of the system with that code, as people read it in Chinese. */
function inChinese(code: string): string {
  const system = Object.assign(new Error(code), { code, syscall: 'open' });
  return failureOf(notWritable('/文件', system) as CertError, zhCN).message;
}

describe('a failure in Chinese', () => {
  it.each([
    'EACCES',
    'EROFS',
    'ENOENT',
    'ENOTDIR',
    'EISDIR',
    'EEXIST',
    'ENOSPC',
    'EDQUOT',
    'EFBIG',
    'ENAMETOOLONG',
    'EBUSY',
  ])('says without English why a file cannot be written: %s', (code) =>
    expect(inChinese(code)).not.toMatch(/[A-Za-z]/),
  );

  it('keeps the code of a reason that has no words', () => expect(inChinese('EIO')).toContain('EIO'));

  const PATH = { path: '/文件' };
  const contents = Object.keys(CONTENT_REASONS).flatMap((detail): [ErrorCode, object][] => [
    ['CONFIG_INVALID', { ...PATH, detail }],
    ['JOURNAL_INVALID', { ...PATH, detail, at: '3' }],
    ['SECRETS_DAMAGED', { ...PATH, detail }],
    ['PASSPHRASE_FILE_INVALID', { ...PATH, detail }],
  ]);
  const files = Object.keys(FILE_REASONS).flatMap((detail): [ErrorCode, object][] => [
    ['FILE_NOT_READABLE', { ...PATH, detail }],
    ['FILE_NOT_WRITABLE', { ...PATH, detail, pid: 7 }],
    ['SECRET_STORE_UNAVAILABLE', { ...PATH, store: 'file', reason: detail }],
  ]);
  const environment: EnvironmentReason[] = ['not-a-token', 'incomplete', 'not-absolute', 'no-home', 'not-one-of'];
  const stores: UnavailableReason[] = ['library-missing', 'no-service', 'no-process', 'process-ended', 'store-is-none'];
  const faults: ProtocolFault[] = [
    { kind: 'content-type', type: '文' },
    { kind: 'too-long', maxBytes: 7 },
    { kind: 'field', field: '' },
    { kind: 'redirect', status: 302 },
    { kind: 'no-problem', status: 403 },
    { kind: 'not-json' },
    { kind: 'pages' },
    { kind: 'part' },
  ];
  it.each<[ErrorCode, object]>([
    ...contents,
    ...files,
    ...Object.keys(TRUST_FILE_REASONS).map((detail): [ErrorCode, object] => [
      'TRUST_FILE_INVALID',
      { ...PATH, detail },
    ]),
    ...environment.map((detail): [ErrorCode, object] => ['ENVIRONMENT_INVALID', { name: '', detail, other: '文' }]),
    ...stores.map((reason): [ErrorCode, object] => ['SECRET_STORE_UNAVAILABLE', { store: 'keychain', reason }]),
    ...faults.map((fault): [ErrorCode, object] => ['PORTAL_PROTOCOL', { fault }]),
    ['PROXY_FAILED', { fault: { kind: 'status', status: 407 } }],
  ])('says without English what is wrong here: %s %j', (code, params) => {
    const { message } = failureOf(new CertError(code, params as never), zhCN);
    expect(message.replaceAll(/cert|JSON/g, '')).not.toMatch(/[A-Za-z]/);
  });

  it.each([en, zhCN])('of a damaged journal names no way out but the history', (messages) => {
    const params = { path: '/j', detail: 'wrong-value', at: '3' } as const;
    const { hint } = failureOf(new CertError('JOURNAL_INVALID', params), messages);
    expect(hint).toContain('`cert history`');
    expect(hint).not.toBe(failureOf(new CertError('CONFIG_INVALID', params), messages).hint);
  });

  it.each([en, zhCN])('has nobody move away the file of a newer version', (messages) => {
    const hintFor = (code: 'CONFIG_INVALID' | 'JOURNAL_INVALID', detail: ContentReason) =>
      failureOf(new CertError(code, { path: '/f', detail }), messages).hint;
    for (const code of ['CONFIG_INVALID', 'JOURNAL_INVALID'] as const) {
      expect(hintFor(code, 'newer-version')).toMatch(/(Update|更新) cert/);
      expect(hintFor(code, 'newer-version')).not.toMatch(/away|移走/);
      expect(hintFor(code, 'wrong-value')).toMatch(/away|移走/);
    }
  });

  it.each(['image', 'sms', 'qr'] as const)('names the challenge: %s', (kind) => {
    const { message } = failureOf(new CertError('CHALLENGE_REQUIRED', { kind }), zhCN);
    expect(message).not.toMatch(/[A-Za-z]/);
  });

  it.each([en, zhCN])('names no certificate where there is none', (messages) => {
    const { message } = failureOf(new CertError('CERTIFICATE_NOT_FOUND', { selector: '' }), messages);
    expect(message).not.toMatch(/["“”]/);
  });
});
