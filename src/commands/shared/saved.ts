/** What the wallet knows of the certificates of a portal. */

import { daysBetween } from '../../domain/calendar.ts';
import { portalIdentity } from '../../domain/portal-origin.ts';
import { holdsLongest, isKept } from '../../domain/renewal.ts';
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
    const identity = portalIdentity(portal);
    return await (await wallet()).files((record) => record.portal === identity);
  } catch (error) {
    if (!isCertError(error, 'CONFIG_INVALID')) throw error;
    terminal.warn(failureOf(error, messages).message);
    return [];
  }
}

export const savedData = (files: readonly WalletFile[]) =>
  files.map(({ path, state, validUntil }) => ({ path, state, validUntil }));

/** Where a saved file is and until when it holds. One that is no longer as it was saved holds for nothing. */
export const savedLine = (file: WalletFile, messages: Messages): string =>
  isKept(file)
    ? messages.offline.file(file.path, file.validUntil)
    : messages.offline.lost(file.path, lostText(file, messages));

/** How long the file that holds longest still holds, in a word. The files are given the latest saved first. */
export function savedText(files: readonly WalletFile[], day: string, messages: Messages): string {
  const { saved } = messages;
  const best = holdsLongest(files);
  if (best !== undefined)
    return best.validUntil === null ? saved.unlimited : saved.days(daysBetween(day, best.validUntil));
  const [latest] = files;
  return latest === undefined ? '' : lostText(latest, messages);
}

const lostText = ({ state }: WalletFile, { saved }: Messages): string =>
  state === 'changed' ? saved.changed : saved.missing;
