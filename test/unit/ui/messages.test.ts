import { describe, expect, it } from 'vitest';
import { notWritable } from '../../../src/disk/file-error.ts';
import { CertError, type ContentReason, type ErrorCode } from '../../../src/errors.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { failureOf } from '../../../src/ui/messages/failure.ts';
import { zhCN } from '../../../src/ui/messages/zh-CN/index.ts';

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

  it.each<[ErrorCode, object]>([
    ['CONFIG_INVALID', { path: '/文件', detail: 'not-json' }],
    ['CONFIG_INVALID', { path: '/文件', detail: 'wrong-value' }],
    ['JOURNAL_INVALID', { path: '/文件', detail: 'wrong-value', at: '3' }],
    ['JOURNAL_INVALID', { path: '/文件', detail: 'not-a-file' }],
    ['ENVIRONMENT_INVALID', { name: '', detail: 'not-a-token' }],
    ['ENVIRONMENT_INVALID', { name: '', detail: 'incomplete', other: '' }],
    ['ENVIRONMENT_INVALID', { name: '', detail: 'not-absolute', other: '文件' }],
    ['ENVIRONMENT_INVALID', { name: '', detail: 'no-home' }],
    ['SECRETS_DAMAGED', { path: '/文件', detail: 'damaged' }],
    ['SECRETS_DAMAGED', { path: '/文件', detail: 'too-large' }],
    ['PASSPHRASE_FILE_INVALID', { path: '/文件', detail: 'no-permission' }],
    ['PASSPHRASE_FILE_INVALID', { path: '/文件', detail: 'missing' }],
    ['FILE_NOT_READABLE', { path: '/文件', detail: 'is-folder' }],
  ])('says without English what is wrong here: %s %j', (code, params) => {
    const { message } = failureOf(new CertError(code, params as never), zhCN);
    expect(message.replaceAll(/cert|JSON/g, '')).not.toMatch(/[A-Za-z]/);
  });

  it.each([en, zhCN])('of a damaged journal names no way out but the history', (messages) => {
    const params = { path: '/j', detail: 'wrong-value', at: '3' };
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

  it.each(['image', 'sms', 'qr'])('names the challenge: %s', (kind) => {
    const { message } = failureOf(new CertError('CHALLENGE_REQUIRED', { kind }), zhCN);
    expect(message).not.toMatch(/[A-Za-z]/);
  });

  it.each([en, zhCN])('names no certificate where there is none', (messages) => {
    const { message } = failureOf(new CertError('CERTIFICATE_NOT_FOUND', { selector: '' }), messages);
    expect(message).not.toMatch(/["“”]/);
  });
});
