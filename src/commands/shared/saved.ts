/** What the wallet knows of the certificates of a portal. */

import { daysBetween } from '../../domain/calendar.ts';
import { isKept } from '../../domain/renewal.ts';
import { isCertError } from '../../errors.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';

/** The saved files of a portal; a wallet that cannot be read is a warning, where files are only shown. */
export async function savedFiles(
  { messages, terminal, wallet }: Pick<Context, 'messages' | 'terminal' | 'wallet'>,
  portal: string,
): Promise<WalletFile[]> {
  try {
    return await (await wallet()).files((record) => record.portal === portal);
  } catch (error) {
    if (!isCertError(error, 'CONFIG_INVALID')) throw error;
    terminal.warn(failureOf(error, messages).message);
    return [];
  }
}

export const savedData = (files: readonly WalletFile[]) =>
  files.map(({ path, state, validUntil }) => ({ path, state, validUntil }));

/** How long the best saved file still holds, in a word. */
export function savedText(files: readonly WalletFile[], day: string, { saved }: Messages): string {
  const [latest] = files;
  if (latest === undefined) return '';
  const kept = files.filter(isKept);
  if (kept.length === 0) return latest.state === 'changed' ? saved.changed : saved.missing;
  if (kept.some(({ validUntil }) => validUntil === null)) return saved.unlimited;
  return saved.days(Math.max(...kept.map(({ validUntil }) => daysBetween(day, validUntil ?? day))));
}
