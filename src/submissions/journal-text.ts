/**
 * The text of a journal: a head that says how many entries follow, and of them how many intents; then an entry a line.
 * Each line ends with a checksum over itself and all before it, so that none can change, vanish or move unnoticed.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { instant } from '../contract/scalars.ts';
import type { JournalEntry } from '../domain/submission.ts';
import { CertError, type ContentReason } from '../errors.ts';

const VERSION = 2;

const entry = v.variant('type', [
  v.object({
    type: v.literal('intent'),
    reference: v.string(),
    scenario: v.string(),
    validDays: v.number(),
    known: v.array(v.string()),
    at: instant,
  }),
  v.object({ type: v.literal('outcome'), reference: v.string(), annotationId: v.nullable(v.string()), at: instant }),
  v.object({ type: v.literal('delivery'), annotationId: v.string(), at: instant }),
]);
const head = v.object({ v: v.literal(VERSION), entries: v.number(), intents: v.number() });
const newerHead = v.looseObject({ v: v.pipe(v.number(), v.gtValue(VERSION)) });

const SUM_CHARACTERS = 16;
const CHECKED = /^(\{.*),"sum":"([0-9a-f]{16})"\}$/s;
/** In a line that is there to its end, whatever follows: no crash tore it. `at` was the last member in the first release. */
const END = /"(sum|at)":"[^"\\]*"\}/;

const sumOf = (before: string, text: string): string =>
  createHash('sha256').update(before).update(text).digest('hex').slice(0, SUM_CHARACTERS);

const intentsIn = (entries: readonly JournalEntry[]): number => entries.filter(({ type }) => type === 'intent').length;

export function journalText(entries: readonly JournalEntry[]): string {
  let sum = '';
  const lines = [{ v: VERSION, entries: entries.length, intents: intentsIn(entries) }, ...entries].map((content) => {
    const text = JSON.stringify(content);
    sum = sumOf(sum, text);
    return `${text.slice(0, -1)},"sum":"${sum}"}\n`;
  });
  return lines.join('');
}

/** A text in its lines; what follows the last line's end is `rest`. */
interface Lines {
  readonly lines: readonly string[];
  readonly rest: string;
  /** Whether the file system left zeros in place of what it had not written when the power went. */
  readonly hasZeros: boolean;
}

type Damaged = (line: number, detail?: ContentReason) => CertError;

/** @throws CertError JOURNAL_INVALID when it is damaged or from a newer version; `at` is the line */
export function journalEntries(path: string, text: string): JournalEntry[] {
  const damaged: Damaged = (line, detail = 'damaged') =>
    new CertError('JOURNAL_INVALID', { path, detail, at: String(line) });
  const written = text.replace(/\0+$/, '');
  const lines = written.split('\n');
  const rest = lines.pop() ?? '';
  const read = written.startsWith('{"v":1,') ? ofFirstRelease : ofThisRelease;
  return read({ lines, rest, hasZeros: written !== text }, damaged);
}

/**
 * An entry that was torn never counted: what it announces had not begun. An intent that the head has counted was on
 * the disk once, so that it may have been sent.
 */
function ofThisRelease({ lines, rest, hasZeros }: Lines, damaged: Damaged): JournalEntry[] {
  let sum = '';
  const content = (line: string): unknown => {
    const [, start = '', said] = CHECKED.exec(line) ?? [];
    sum = sumOf(sum, `${start}}`);
    return said === sum ? parsed(`${start}}`) : undefined;
  };
  const [first = rest, ...others] = lines;
  if (v.is(newerHead, parsed(first))) throw damaged(1, 'newer-version');
  const counted = v.safeParse(head, content(first));
  if (!counted.success) throw damaged(1, first.startsWith('{"v":') ? 'damaged' : 'wrong-value');
  const isTorn = rest === '' ? hasZeros : !END.test(rest);
  const entries = [...others, ...(rest === '' || isTorn ? [] : [rest])].map((line, index) => {
    const checked = v.safeParse(entry, content(line));
    if (!checked.success) throw damaged(index + 2);
    return checked.output;
  });
  const missing = counted.output.entries - entries.length;
  const isOnlyTorn = missing === 1 && isTorn && intentsIn(entries) === counted.output.intents;
  if (missing === 0 || isOnlyTorn) return entries;
  throw damaged(entries.length + 2);
}

/** No checksums, and lines that were appended one by one. */
function ofFirstRelease({ lines, rest, hasZeros }: Lines, damaged: Damaged): JournalEntry[] {
  if (hasZeros) throw damaged(lines.length + 1);
  return [...lines, ...(END.test(rest) ? [rest] : [])].map((line, index) => {
    const checked = v.safeParse(entry, parsed(line));
    if (!checked.success) throw damaged(index + 1, 'wrong-value');
    return checked.output;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
