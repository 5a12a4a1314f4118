/** Many verifications at a glance: a table for people, and the same as a file for spreadsheets. */
import { csvBeginning, csvText } from '../../domain/csv.ts';
import type { LayerName } from '../../domain/verification.ts';
import type { CertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { shownPath } from '../shared/shown-path.ts';
import { type Verified, verdictMark } from './verification-report.ts';

/** A file that could not be read. */
export interface Unread {
  readonly path: string;
  readonly error: CertError;
}

export function verificationTable(ctx: Pick<Context, 'messages' | 'terminal'>, verified: readonly Verified[]): string {
  const { term, verification: text } = ctx.messages;
  return ctx.terminal.table(
    [
      { title: text.column.file, flexible: true },
      { title: text.column.verdict },
      { title: term.holder },
      { title: term.qualification, flexible: true },
      { title: text.column.validUntil },
    ],
    verified.map(({ path, verdict, holderMasked = '', qualification = '', validUntil = '' }) => [
      shownPath(path),
      verdictMark(ctx, verdict),
      holderMasked,
      qualification,
      validUntil,
    ]),
  );
}

const LAYERS: readonly LayerName[] = ['structure', 'integrity', 'signer', 'revisions', 'annotation'];
/** As in JSON: of each layer the code, and in `error` that of a file that could not be read. */
const COLUMNS = ['path', 'verdict', 'holderMasked', 'qualification', 'validUntil', ...LAYERS, 'error'];

export const verificationCsv = (
  { shown }: Pick<Context['terminal'], 'shown'>,
  verified: readonly Verified[],
  unread: readonly Unread[],
): string =>
  csvText(COLUMNS, [
    ...verified.map(({ path, verdict, holderMasked = '', qualification = '', validUntil = '', layers }) => [
      shown(shownPath(path)),
      verdict,
      holderMasked,
      qualification,
      validUntil,
      ...LAYERS.map((layer) => layers[layer].code),
      '',
    ]),
    ...unread.map(({ path, error }) => [shown(shownPath(path)), ...COLUMNS.slice(2).map(() => ''), error.code]),
  ]);

/** Whether a text begins as {@link verificationCsv} writes it: then a new one may take its place. */
export const isVerificationCsv = (text: string): boolean => text.startsWith(csvBeginning(COLUMNS));
