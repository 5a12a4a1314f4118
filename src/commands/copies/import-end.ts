/** Until when a file that was downloaded by hand may be used: read and confirmed, or told by the person. */
import { isDay, type PlainDay } from '../../domain/calendar.ts';
import { maskName } from '../../domain/privacy.ts';
import type { StatedOnPage } from '../../domain/stated-on-page.ts';
import type { Verification } from '../../domain/verification.ts';
import { CertError } from '../../errors.ts';
import { usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { shownPath } from '../shared/shown-path.ts';

export interface EndOptions {
  /** From the command line; null where nothing limits it. */
  readonly given: PlainDay | null | undefined;
  /** Whether what was read is taken unasked. */
  readonly yes: boolean;
}

/** Nobody mistypes it more often. */
const MOST_ANSWERS = 5;

/** The value of `--valid-until`. */
export function endFlag(value: string): PlainDay | null {
  const end = endIn(value);
  if (end === undefined) throw usageError('badValue', { flag: '--valid-until', value, expected: 'day' });
  return end;
}

function endIn(typed: string): PlainDay | null | undefined {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  if (text === 'none') return null;
  return isDay(text) ? text : undefined;
}

/** @throws CertError INPUT_REQUIRED where nobody can be asked */
export async function endOf(
  ctx: Pick<Context, 'messages' | 'prompts' | 'terminal'>,
  path: string,
  page: StatedOnPage,
  { annotation }: Pick<Verification, 'annotation'>,
  { given, yes }: EndOptions,
): Promise<PlainDay | null> {
  if (given !== undefined) return given;
  const read = annotation?.validUntil ?? page.validUntil;
  if (read === undefined && page.needsNoAnnotation) return null;
  if (yes && read !== undefined) return read;
  if (!ctx.terminal.interactive)
    throw new CertError('INPUT_REQUIRED', {
      flag: read === undefined ? '--valid-until' : '--yes',
      path: shownPath(path),
    });
  return ask(ctx, path, page, read);
}

async function ask(
  { messages: { imported: text }, prompts, terminal }: Pick<Context, 'messages' | 'prompts' | 'terminal'>,
  path: string,
  { qualification, holderName }: StatedOnPage,
  initial: PlainDay | undefined,
): Promise<PlainDay | null> {
  const details = [qualification, holderName && maskName(holderName)].filter(Boolean).join(' · ');
  terminal.tell(text.about(shownPath(path), details));
  for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
    const end = endIn(await prompts.text({ message: text.askEnd, flag: '--valid-until', initial }));
    if (end !== undefined) return end;
    terminal.tell(text.notADay);
  }
  throw new CertError('INPUT_REQUIRED', { flag: '--valid-until', path: shownPath(path) });
}
