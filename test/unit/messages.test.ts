import { describe, expect, it } from 'vitest';
import { CertError } from '../../src/errors.ts';
import { failureOf } from '../../src/failure.ts';
import { notWritable } from '../../src/file-error.ts';
import { en } from '../../src/ui/messages/en/index.ts';
import { zhCN } from '../../src/ui/messages/zh-CN/index.ts';

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

  it.each(['image', 'sms', 'qr'])('names the challenge: %s', (kind) => {
    const { message } = failureOf(new CertError('CHALLENGE_REQUIRED', { kind }), zhCN);
    expect(message).not.toMatch(/[A-Za-z]/);
  });

  it.each([en, zhCN])('names no certificate where there is none', (messages) => {
    const { message } = failureOf(new CertError('CERTIFICATE_NOT_FOUND', { selector: '' }), messages);
    expect(message).not.toMatch(/["“”]/);
  });
});
