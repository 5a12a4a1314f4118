/** What is promised to whoever receives files, or downloads them by hand. */
import { mutantsOf } from '../mutant.ts';

const IMPORT = ['test/commands/copies/import.test.ts'];
const MANY = ['test/commands/signatures/verify-many.test.ts'];

export const BY_HAND_BROKEN = [
  ...mutantsOf('src/commands/copies/importing.ts', IMPORT, [
    ['what was changed is not taken', 'if (reason !== undefined)', 'if (false)', 'does not take what was changed'],
    ['the same bytes are taken once', 'copies.find(isKept)', 'undefined', 'takes the same bytes once'],
    ['what the portal told stays', "known.via !== 'import' || ", '', 'leaves to the portal'],
  ]),
  ...mutantsOf('src/commands/copies/import-end.ts', IMPORT, [
    ['nothing that was read is taken unasked', 'if (yes && read', 'if (read', 'asks nobody off a terminal'],
  ]),
  ...mutantsOf('src/commands/copies/watching.ts', IMPORT, [
    ['a file is taken whole', ' || contents.includes(END)', ' || true', 'takes what comes into the folder'],
  ]),
  ...mutantsOf('src/commands/shared/imported-files.ts', IMPORT, [
    [
      'names are masked',
      'holderMasked: holderOf(file, {})',
      'holderMasked: file.holderName',
      'is listed without a portal',
    ],
  ]),
  ...mutantsOf('src/commands/signatures/page-facts.ts', MANY, [
    ['names are masked', 'holderName && maskName(holderName)', 'holderName', 'ends with a table'],
    [
      'the page of a changed file proves no end',
      "verdict === 'invalid' ? undefined : told",
      'told',
      'has the same in JSON',
    ],
  ]),
  ...mutantsOf(
    'src/commands/copies/page-check.ts',
    ['test/commands/copies/page-check.test.ts'],
    [['another file is told of', 'if (contradicts.length > 0)', 'if (false)', 'when it is another one']],
  ),
  ...mutantsOf(
    'src/domain/csv.ts',
    ['test/unit/domain/csv.test.ts'],
    [['nothing is calculated', 'FORMULA.test(text) ?', 'false ?', 'calculates nothing']],
  ),
  ...mutantsOf(
    'src/pdf/text/text-process.ts',
    ['test/unit/pdf/page-text.test.ts'],
    [['a process that does not answer is ended', 'if (answer === undefined ||', 'if (', 'that takes too long']],
  ),
];
