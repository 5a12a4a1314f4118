import type { FileDamage } from '../../../errors.ts';
import type { ErrorTexts } from '../error-text.ts';
import { reasonText } from '../reason.ts';
import { verification } from './verification.ts';

/** Files that came otherwise than the portal promised. */
export const fileErrors: Pick<ErrorTexts, 'FILE_NOT_PDF' | 'FILE_DAMAGED' | 'FILE_NOT_VERIFIED' | 'FILE_NOT_OPENED'> = {
  FILE_NOT_PDF: ({ type }) => ({
    message:
      type === 'text/html'
        ? 'A web page came in place of the PDF: nothing was saved.'
        : `Something else came in place of the PDF (${type}): nothing was saved.`,
    hint: 'A login page of the network or a proxy may have answered for the portal. Open a web page in a browser, then try again.',
  }),
  FILE_DAMAGED: ({ damage, keptAt }) => ({
    message: `The portal's file arrived damaged: ${damageText(damage)}.`,
    hint:
      keptAt === undefined
        ? 'Nothing was saved. Try again later.'
        : `Nothing was saved in its place; what arrived is kept as ${keptAt}. Try again later.`,
  }),
  FILE_NOT_VERIFIED: ({ reason, keptAt, path }) => {
    const { meaning, advice } = reasonText(verification.reasons, reason);
    if (path !== undefined) return { message: `${path} was not imported: ${meaning}`, ...(advice && { hint: advice }) };
    return {
      message: `The portal's PDF did not pass verification, and was not saved: ${meaning}`,
      hint:
        keptAt === undefined
          ? 'Do not use it. Try again later, or over another network.'
          : `Do not use it. It is kept as ${keptAt}, for whoever looks into it. Try again later, or over another network.`,
    };
  },
  FILE_NOT_OPENED: ({ path, reason }) => ({
    message: `The PDF was not opened: ${
      {
        invalid: 'it is not valid',
        unsigned: 'it carries no signature',
        active: 'it holds scripts, actions or other files, which a viewer may run',
        unreadable: 'whether it holds scripts or actions cannot be told',
      }[reason]
    }.`,
    hint: `It is here: ${path}. \`cert verify\` tells more; in a terminal \`cert view\` asks whether to open it all the same.`,
  }),
};

function damageText(damage: FileDamage): string {
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
