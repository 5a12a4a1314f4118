import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../../src/domain/id-number.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

const withCheckDigit = (first17: string) => first17 + checkDigit(first17);
const WRONG_CHECK_DIGIT = '999999199001019991';

function sandbox() {
  const clock = testClock();
  const { handle } = createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID() });
  const send = (method: string, path: string, body?: unknown) =>
    handle(new Request(ORIGIN + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
  let serial = 0;
  const person = () => ({ username: `person_${++serial}`, password: 'Abcdefg1', name: '样张', phone: '00000000000' });
  const register = async (idType: string, idNumber: string) => {
    const answer = await send('POST', '/api/v1/accounts', { ...person(), idType, idNumber });
    return { status: answer.status, body: await answer.json() };
  };
  return { send, register };
}

describe('the identity documents of the sandbox', () => {
  it('are told with a name in both languages', async () => {
    const { idTypes } = await (await sandbox().send('GET', '/api/v1/meta')).json();
    expect(idTypes.map(({ code }: { code: string }) => code)).toEqual([
      'resident-id',
      'officer-card',
      'passport',
      'hk-macau-permit',
      'taiwan-permit',
      'permanent-residence',
      'hmt-residence',
    ]);
    for (const { label } of idTypes) {
      expect(label.zh).toMatch(/^\p{Script=Han}+$/u);
      expect(label.en).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it.each([
    ['resident-id', withCheckDigit('99999919900101999')],
    ['resident-id', withCheckDigit('99999919900101012').toLowerCase()],
    ['resident-id', '999999900101999'],
    ['officer-card', '军字第2001988号'],
    ['officer-card', '2001988'],
    ['passport', 'E12345678'],
    ['passport', 'ab 123456'],
    ['hk-macau-permit', 'H12345678'],
    ['hk-macau-permit', 'M1234567801'],
    ['taiwan-permit', '12345678'],
    ['taiwan-permit', '1234567801(B)'],
    ['taiwan-permit', '１２３４５６７８０１（Ｂ）'],
    ['permanent-residence', 'ABC310198001019'],
    ['permanent-residence', '911123198001010015'],
    ['hmt-residence', withCheckDigit('81000019900101001')],
    ['hmt-residence', withCheckDigit('83000019900101001')],
  ])('%s takes %s', async (idType, idNumber) => {
    expect(await sandbox().register(idType, idNumber)).toMatchObject({ status: 201 });
  });

  it.each([
    ['resident-id', WRONG_CHECK_DIGIT, 'idNumber'],
    ['resident-id', '99999990010199', 'idNumber'],
    ['resident-id', '军字第2001988号', 'idNumber'],
    ['officer-card', '军字第号', 'idNumber'],
    ['officer-card', '', 'idNumber'],
    ['passport', '护照1234567', 'idNumber'],
    ['hk-macau-permit', 'C12345678', 'idNumber'],
    ['taiwan-permit', '1234567', 'idNumber'],
    ['permanent-residence', 'ABC31019800101', 'idNumber'],
    ['hmt-residence', withCheckDigit('99999919900101999'), 'idNumber'],
    ['hmt-residence', '810000199001010011', 'idNumber'],
    ['library-card', 'E12345678', 'idType'],
  ])('%s does not take %s', async (idType, idNumber, field) => {
    const { status, body } = await sandbox().register(idType, idNumber);
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(body.fields).toContainEqual(expect.objectContaining({ field }));
  });

  it.each([
    ['in another spelling', 'passport', 'E12345678', 'e 12345678'],
    ['with its old number', 'resident-id', withCheckDigit('99999919900101999'), '999999900101999'],
  ])('register one person once, %s too', async (_, idType, first, again) => {
    const { register } = sandbox();
    expect((await register(idType, first)).status).toBe(201);
    expect((await register(idType, again)).body.code).toBe('ID_ALREADY_REGISTERED');
  });
});
