import { describe, expect, it } from 'vitest';
import { readSecrets } from '../../../src/credentials/read-secret.ts';

const FLAGS = ['--password-stdin', '--id-number-stdin'];

async function* source(...chunks: Uint8Array[]) {
  yield* chunks;
}

const readFrom = (text: string, encoding?: 'utf16le' | 'latin1') =>
  readSecrets(source(Buffer.from(text, encoding)), FLAGS);

describe('secrets from standard input', () => {
  it.each(['one\n110105\n', 'one\n110105', 'one\r\n110105\r\n', 'one\r\r\n110105\r', '\ufeffone\n110105\n'])(
    'are a line each: %j',
    async (text) => {
      expect(await readFrom(text)).toEqual(['one', '110105']);
    },
  );

  it('may come in pieces that end inside of a character', async () => {
    const bytes = Buffer.from('密码\n110105\n');
    expect(await readSecrets(source(bytes.subarray(0, 4), bytes.subarray(4)), FLAGS)).toEqual(['密码', '110105']);
  });

  it.each([
    ['', FLAGS[0]],
    ['\n110105\n', FLAGS[0]],
    ['one\n', FLAGS[1]],
    ['one\n\r\n', FLAGS[1]],
  ])('are missing: %j', async (text, flag) => {
    await expect(readFrom(text)).rejects.toMatchObject({ code: 'INPUT_REQUIRED', params: { flag } });
  });

  it.each([
    ['several-lines', 'one\n110105\nmore\n'],
    ['too-long', `${'x'.repeat(4_097)}\n110105\n`],
    ['blank-at-end', 'one \r\n110105\n'],
    ['untypable', 'o\u00a0ne\n110105\n'],
    ['not-text', 'one\n110105\n', 'utf16le'],
    ['not-text', 'mot de passé\n110105\n', 'latin1'],
  ] as const)('cannot have been meant: %s', async (reason, text, encoding?: 'utf16le' | 'latin1') => {
    await expect(readFrom(text, encoding)).rejects.toMatchObject({ code: 'INPUT_UNLIKELY', params: { reason } });
  });

  it('have blanks where they are ruled elsewhere, as in a number', async () => {
    expect(await readFrom('one\n 110105 1949\n')).toEqual(['one', ' 110105 1949']);
  });
});
