import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../src/pdf/verify.ts';
import { ATTACKS, file, TRUSTED } from '../support/pdf-attacks.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const OPTIONS = { trustAnchors: TRUSTED, now: NOW, expected: { id: 'a-1' } };

it('calls the good file valid', async () => {
  expect(await verifyPdf(file(), OPTIONS)).toMatchObject({ verdict: 'valid' });
});

describe('a hostile variant', () => {
  it.each(ATTACKS)('%s: %s %s', async (_name, layer, code, make) => {
    const { verdict, layers } = await verifyPdf(make(), OPTIONS);
    expect(layers[layer].code).toBe(code);
    expect(verdict).not.toBe('valid');
  });
});
