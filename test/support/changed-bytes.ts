/** Files of which one byte is another: what a verification has to notice. */

import { seeded } from './seeded.ts';

const HEX = '0123456789abcdef';

/**
 * Changes one byte at a time, half of them digits in the signature's place, where they do not stand alone. Gives the
 * positions at which `isValid` still held.
 */
export async function unnoticed(
  pdf: Buffer,
  changes: number,
  isValid: (changed: Buffer) => Promise<boolean>,
  seed = 20_261_127,
): Promise<number[]> {
  const random = seeded(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const hole = pdf.indexOf('/Contents <') + '/Contents <'.length;
  const padding = /0*>/.exec(pdf.toString('latin1', hole))?.index ?? 0;
  const found: number[] = [];
  for (let done = 0; done < changes; ) {
    const isDigit = random() < 0.5;
    const at = isDigit ? hole + below(padding) : below(pdf.length);
    const changed = Buffer.from(pdf);
    changed[at] = isDigit ? HEX.charCodeAt(below(16)) : below(256);
    if (changed.equals(pdf)) continue;
    done += 1;
    if (await isValid(changed)) found.push(at);
  }
  return found;
}
