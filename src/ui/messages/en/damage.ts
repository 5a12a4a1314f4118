import type { FileDamage } from '../../../errors.ts';

export function damageText(damage: FileDamage): string {
  switch (damage.kind) {
    case 'length':
      return `${damage.bytes} bytes came instead of ${damage.expected}`;
    case 'too-long':
      return `it is longer than ${damage.maxBytes} bytes`;
    case 'digest':
      return 'it was changed on its way (its SHA-256 is not the one that the portal names)';
    case 'start':
      return 'it does not begin as a PDF does';
    case 'end':
      return 'its end is missing';
    case 'part':
      return 'another part came than was asked for';
  }
}
