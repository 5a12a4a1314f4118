/** Files as the wallet alone knows them: those that were taken in by hand, or all of them where no portal is named. */
import { maskName } from '../../domain/privacy.ts';
import { isCertError } from '../../errors.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import type { Context } from '../context.ts';
import { savedData, savedText } from './saved.ts';
import { shownPath } from './shown-path.ts';

interface Showing {
  readonly showPii?: boolean | undefined;
}

/** The files that were taken in by hand; a wallet that cannot be read is told of by whoever needs it. */
export async function importedFiles({ wallet }: Pick<Context, 'wallet'>): Promise<WalletFile[]> {
  try {
    return await (await wallet()).files(({ via }) => via === 'import');
  } catch (error) {
    if (!isCertError(error, 'CONFIG_INVALID')) throw error;
    return [];
  }
}

const holderOf = ({ holderName }: WalletFile, { showPii }: Showing): string | undefined =>
  holderName === undefined || showPii ? holderName : maskName(holderName);

export const importedData = (files: readonly WalletFile[], options: Showing) =>
  files.map((file) => ({
    ...savedData([file])[0],
    qualification: file.qualification,
    holderMasked: holderOf(file, {}),
    ...(options.showPii ? { holderName: file.holderName } : {}),
    verdict: file.verdict,
    via: file.via,
  }));

export const importedTable = (
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  files: readonly WalletFile[],
  day: string,
  options: Showing,
): string =>
  terminal.table(
    [
      { title: messages.term.qualification, flexible: true },
      { title: messages.term.holder },
      { title: messages.term.newEnd },
      { title: messages.saved.title },
      { title: messages.verification.column.file, flexible: true },
    ],
    files.map((file) => [
      file.qualification || messages.imported.unnamed,
      holderOf(file, options) ?? '',
      file.validUntil ?? '',
      savedText([file], day, messages),
      shownPath(file.path),
    ]),
  );
