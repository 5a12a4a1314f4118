/** What was added to a file after each of its signatures. */
import type { ReasonCode } from '../../domain/verification.ts';
import type { LocatedSignature, SignedDocument } from '../structure.ts';
import { PdfDocument } from '../syntax/document.ts';
import { contentEnd, isBlankFrom } from '../syntax/file-end.ts';
import { Budget, SyntaxFailure } from '../syntax/objects.ts';
import { isAllowedChange } from './allowed.ts';

type Code = ReasonCode<'revisions'>;

/** Of codes that stand for several additions the first one is told. */
const GRAVEST: readonly Code[] = [
  'ADDED_AFTER_SIGNING',
  'TIMESTAMP_NOT_CONFIRMED',
  'SIGNATURE_ADDED',
  'TIMESTAMP_ADDED',
  'VALIDATION_DATA_ADDED',
  'WHITE_SPACE_ADDED',
];

/** A document is read whole, twice, to compare two revisions. */
const MOST_VALUES = 6_000_000;

export interface Revisions {
  /** For each signature, in their order. */
  readonly codes: readonly Code[];
  /** The file as the first of them signed it that is no timestamp; undefined where that cannot be read. */
  readonly first: PdfDocument | undefined;
}

/**
 * Compares what each signature covers with what the next one covers, and the last with the file.
 * @param isConfirmed whether a document timestamp can be relied on
 * @throws SyntaxFailure too-complex
 */
export async function judgeRevisions(
  file: Buffer,
  signed: SignedDocument,
  isConfirmed: (timestamp: LocatedSignature) => Promise<boolean>,
): Promise<Revisions> {
  try {
    return await compare(file, signed, isConfirmed);
  } catch (error) {
    if (!(error instanceof SyntaxFailure) || error.reason === 'too-complex') throw error;
    return { codes: signed.signatures.map(() => 'ADDED_AFTER_SIGNING'), first: undefined };
  }
}

async function compare(
  file: Buffer,
  { document, signatures }: SignedDocument,
  isConfirmed: (timestamp: LocatedSignature) => Promise<boolean>,
): Promise<Revisions> {
  const budget = new Budget(MOST_VALUES);
  const documentAt = async (end: number): Promise<PdfDocument> =>
    end >= contentEnd(file) ? document : PdfDocument.openIndexed(file.subarray(0, end), budget);
  const steps: Code[] = [];
  const firstAt = Math.max(
    0,
    signatures.findIndex(({ isTimestamp }) => !isTimestamp),
  );
  let first: PdfDocument | undefined;
  // No more than two are held at a time: the index of each can be large.
  let older = await documentAt((signatures[0] as LocatedSignature).coveredEnd);
  for (const [index, signature] of signatures.entries()) {
    if (index === firstAt) first = older;
    const next = signatures[index + 1];
    if (next === undefined) {
      steps.push(behindTheLast(file, signature, () => isAllowedChange(older, document, undefined, budget)));
      break;
    }
    const newer = await documentAt(next.coveredEnd);
    const isForbidden = !next.isTimestamp && signatures.slice(0, index + 1).some((one) => !one.allowsSignatures);
    const isAllowed = !isForbidden && isAllowedChange(older, newer, next, budget);
    steps.push(isAllowed ? await codeOf(next, isConfirmed) : 'ADDED_AFTER_SIGNING');
    older = newer;
  }
  const codes = steps.map((_, index) => gravestOf(steps.slice(index)));
  return { codes, first };
}

const gravestOf = (codes: readonly Code[]): Code => GRAVEST.find((code) => codes.includes(code)) ?? 'NOTHING_ADDED';

async function codeOf(
  added: LocatedSignature,
  isConfirmed: (timestamp: LocatedSignature) => Promise<boolean>,
): Promise<Code> {
  if (!added.isTimestamp) return 'SIGNATURE_ADDED';
  return (await isConfirmed(added)) ? 'TIMESTAMP_ADDED' : 'TIMESTAMP_NOT_CONFIRMED';
}

function behindTheLast(file: Buffer, { coveredEnd }: LocatedSignature, isAllowed: () => boolean): Code {
  if (coveredEnd === file.length) return 'NOTHING_ADDED';
  if (isBlankFrom(file, coveredEnd)) return 'WHITE_SPACE_ADDED';
  return isAllowed() ? 'VALIDATION_DATA_ADDED' : 'ADDED_AFTER_SIGNING';
}
