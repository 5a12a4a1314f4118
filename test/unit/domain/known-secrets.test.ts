import { describe, expect, it } from 'vitest';
import { createKnownSecrets, secretsOfAddress } from '../../../src/domain/known-secrets.ts';
import { maskIdNumbers, withoutUserInfo } from '../../../src/domain/privacy.ts';

const SECRET = 'Pa"ss/wörd+1';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const unicode = (text: string) =>
  [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`).join('');

function knowing(...secrets: string[]) {
  const known = createKnownSecrets();
  for (const secret of secrets) known.learn(secret);
  return known;
}

describe('a known secret', () => {
  it.each([
    ['as it is', SECRET, '***'],
    ['in JSON', JSON.stringify(SECRET), '"***"'],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).replaceAll('\\\\', '\\'), '"\\"***\\""'],
    ['in escapes', unicode(SECRET), '***'],
    ['in part in escapes', unicode(SECRET.slice(0, 4)) + SECRET.slice(4), '***'],
    ['in a URL', encodeURIComponent(SECRET), '***'],
    ['in a URL, every byte of it', `%${Buffer.from(SECRET).toString('hex').match(/../g)?.join('%')}`, '***'],
    ['in a URL in a URL', encodeURIComponent(encodeURIComponent(SECRET)), '***'],
    ['in HTML', [...SECRET].map((one) => `&#${one.codePointAt(0)};`).join(''), '***'],
    ['in base64', base64(SECRET), '***'],
    ['in hexadecimal', Buffer.from(SECRET).toString('hex'), '***'],
  ])('is hidden %s', (_, text, shown) => {
    expect(knowing(SECRET).hide(`< ${text} >`)).toBe(`< ${shown} >`);
  });

  it.each(['u', 'us', 'use', 'user'])('is hidden in the base64 of what stands behind %s:', (user) => {
    const shown = knowing(SECRET).hide(base64(`${user}:${SECRET}:more`));
    expect(shown).toContain('***');
    expect(Buffer.from(shown, 'base64').toString()).not.toContain(SECRET.slice(1, 5));
  });

  it('is hidden whole where it contains another', () => {
    expect(knowing('secret1', 'secret1-and-more').hide('secret1-and-more secret1')).toBe('*** ***');
  });

  it('is not one when it is short, unless that is asked for', () => {
    const known = knowing('12345');
    expect(known.hide('12345')).toBe('12345');
    known.learn('样张', { least: 2 });
    expect(known.hide('12345 样张')).toBe('12345 ***');
  });

  it('hides nothing of a word that is said openly, unless it is a token', () => {
    const known = knowing('c-nurse-2023');
    known.learn('token-1234', { isToken: true });
    for (const word of ['c-nurse-2023', 'token-1234']) known.allow(word);
    expect(known.hide('"c-nurse-2023" c-nurse-2023x token-1234')).toBe('"c-nurse-2023" ***x ***');
  });
});

describe('the secret of an address', () => {
  it.each([
    ['https://user:Secret1@portal.test', ['Secret1', 'Secret1']],
    ['user:Secret1@portal.test', ['Secret1', 'Secret1']],
    ['https://user:Secret%231@portal.test', ['Secret%231', 'Secret#1']],
    ['https://token-12345@portal.test', ['token-12345', 'token-12345']],
    ['https://portal.test', []],
    [undefined, []],
  ])('%s is %j', (address, secrets) => {
    expect(secretsOfAddress(address)).toEqual(secrets);
  });

  it('is not shown in any text', () => {
    expect(withoutUserInfo('at https://user:Secret1@a.test/x and http://b.test')).toBe(
      'at https://a.test/x and http://b.test',
    );
  });
});

describe('an identity number', () => {
  it.each([
    ['护士 11010519491231002X', '护士 11**************2X'],
    ['护士11010519491231002x号', '护士11**************2x号'],
    ['0110105194912310021', '0110105194912310021'],
    ['911010519491231002X', '911**************2X'],
    ['110105 19491231 002X', '11**************2X'],
    ['110105-1949-1231-002X', '11**************2X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11**************2X'],
    ['110105194912310021', '110105194912310021'],
    ['GL2023083100002', 'GL2023083100002'],
  ])('in %s is masked: %s', (text, shown) => {
    expect(maskIdNumbers(text)).toBe(shown);
  });
});
