/**
 * What a file says of its annotation. Nothing is published on how real files say it, so only what follows this
 * project's own convention is read (docs/verification.md); whatever else a file may say is not guessed at.
 */
import { isDay, type PlainDay } from '../domain/calendar.ts';
import type { ExpectedAnnotation, ReasonCode, StatedAnnotation } from '../domain/verification.ts';
import type { PdfDocument } from './syntax/document.ts';
import { PdfString, SyntaxFailure } from './syntax/objects.ts';

type Stated = StatedAnnotation | 'none' | 'unreadable';

const MAX_CHARACTERS = 128;

/** Reads the document information dictionary; never throws. */
export function statedAnnotation(document: PdfDocument): Stated {
  try {
    const information = document.dictionary(document.trailer, 'Info');
    const [id, scenario, validUntil] = ['CertAnnotationId', 'CertScenario', 'CertValidUntil'].map((key) =>
      document.resolve(information?.get(key)),
    );
    const absent = [id, scenario, validUntil].every((value) => value === undefined || value === null);
    if (absent) return 'none';
    const day = plainText(validUntil);
    if (day === undefined || !isDay(day)) return 'unreadable';
    return { id: plainText(id), scenario: plainText(scenario), validUntil: day };
  } catch (error) {
    if (error instanceof SyntaxFailure) return 'unreadable';
    throw error;
  }
}

/** Printable ASCII only: what it is compared with is no more. */
function plainText(value: unknown): string | undefined {
  const text = value instanceof PdfString ? value.bytes.toString('latin1') : '';
  return /^[\x20-\x7e]+$/.test(text) && text.length <= MAX_CHARACTERS ? text : undefined;
}

/** Whether the annotation is in force on a day, and is the one that the caller expects. */
export function judgeAnnotation(
  stated: Stated,
  expected: ExpectedAnnotation | undefined,
  today: PlainDay,
): ReasonCode<'annotation'> {
  if (stated === 'unreadable') return 'ANNOTATION_UNREADABLE';
  if (stated === 'none') {
    if (expected?.validUntil === undefined) return 'NONE_STATED';
    return expected.validUntil < today ? 'ANNOTATION_EXPIRED' : 'IN_FORCE_BY_RECORD';
  }
  if (differs(expected?.id, stated.id) || differs(expected?.validUntil, stated.validUntil))
    return 'ANNOTATION_MISMATCH';
  return stated.validUntil < today ? 'ANNOTATION_EXPIRED' : 'IN_FORCE';
}

const differs = (expected: string | undefined, stated: string | undefined): boolean =>
  expected !== undefined && stated !== undefined && expected !== stated;
