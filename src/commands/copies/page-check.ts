/** Whether a saved file is of the certificate that was asked for, where nothing but its page says so. */
import type { Certificate } from '../../contract/schemas.ts';
import { compareWithList } from '../../domain/stated-on-page.ts';
import type { SavedFile } from '../../ports/files.ts';
import type { Context } from '../context.ts';

/**
 * Holds what stands on the page of a file against what the portal's list says, and tells what comes of it. A file that
 * names its annotation was held to that already; of one whose text cannot be read nothing is said.
 */
export async function comparePage(
  { files, messages, pageText, terminal }: Pick<Context, 'files' | 'messages' | 'pageText' | 'terminal'>,
  certificate: Certificate,
  { path, verification }: Pick<SavedFile, 'path' | 'verification'>,
): Promise<SavedFile['page']> {
  if (verification?.layers.annotation.code === 'IN_FORCE') return undefined;
  const bytes = await (await files()).contents(path).catch(() => undefined);
  const text = bytes && (await (await pageText()).read(bytes));
  if (text === undefined) return undefined;
  const { agrees, contradicts } = compareWithList(text, certificate);
  const named = (fields: readonly (keyof typeof messages.term & string)[]) =>
    fields.map((field) => String(messages.term[field]));
  if (contradicts.length > 0) {
    terminal.warn(messages.download.pageContradicts(path, named(contradicts)));
    return 'contradicts';
  }
  if (agrees.length === 0) return undefined;
  terminal.say(messages.download.pageAgrees(named(agrees)));
  return 'agrees';
}
