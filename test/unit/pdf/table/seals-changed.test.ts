/** No sealed file is valid with another byte anywhere. */
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { issue, sm2Key } from '../../../support/certificates.ts';
import { tokenOf } from '../../../support/containers.ts';
import { EDITIONS, sealedPdf, sealRoot } from '../../../support/seals.ts';
import { seeded } from '../../../support/seeded.ts';

const OPTIONS = { trustAnchors: [sealRoot.der], now: new Date('2026-11-24T12:00:00+08:00') };
const CHANGES = 170;
const timestamping = issue({ name: 'Time', key: sm2Key(), issuer: sealRoot });
const timestamp = (signature: Buffer) => tokenOf(signature, timestamping);

describe.each(EDITIONS)('a good file of %i', (edition) => {
  const good = sealedPdf({ edition, ...(edition === 2025 ? { timestamp } : {}) }, { roomBytes: 3_200 });

  it(`is never valid with a byte changed, ${CHANGES} times`, { timeout: 60_000 }, async () => {
    expect((await verifyPdf(good, OPTIONS)).verdict).toBe('valid');
    const random = seeded(edition);
    const hole = good.indexOf('/Contents <');
    const digits = '0123456789abcdef';
    for (let change = 0; change < CHANGES; change += 1) {
      // The signature is what others sign nothing of: most changes go there.
      const isInside = change % 4 !== 0;
      const place = Math.floor(isInside ? hole + random() * 6_500 : random() * good.length);
      const byte = isInside ? digits.charCodeAt(random() * 16) : Math.floor(random() * 256);
      if (good[place] === byte) continue;
      const changed = Buffer.from(good);
      changed.writeUInt8(byte, place);
      if ((await verifyPdf(changed, OPTIONS)).verdict === 'valid') expect.fail(`valid with ${byte} at ${place}`);
    }
  });
});
