import { join } from 'node:path';
import { isSigned } from '../../domain/verification.ts';
import { CertError } from '../../errors.ts';
import type { SavedFile } from '../../ports/files.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { selectCertificate } from '../shared/select.ts';
import { type Examining, tellVerdicts } from './examining.ts';
import { fileValidUntil, withReadyCopy } from './ready-copy.ts';
import { fileData } from './results.ts';
import { saveTarget } from './save-target.ts';
import { saveCertificate } from './saving.ts';

export const view: CommandDefinition = {
  configure: (command, { help }, bind) =>
    bind(command.argument('[CERT]', help.argument.certificate), (ctx, _options: object, selector?: string) =>
      runView(ctx, selector),
    ),
};

export async function runView(
  ctx: Examining & Pick<Context, 'files' | 'holderPortal' | 'openInViewer' | 'prompts' | 'submissions'>,
  selector: string | undefined,
): Promise<void> {
  const holderPortal = await ctx.holderPortal();
  const certificates = await holderPortal.certificates();
  const certificate = await withReadyCopy(ctx, await selectCertificate(ctx, certificates, selector));
  const folder = (await ctx.files()).viewFolder();
  const target = await saveTarget(ctx, certificate, certificates, join(folder, '/'));
  const file = await saveCertificate(ctx, certificate, target, { force: true });
  const { path, verification } = file;
  tellVerdicts(ctx, verification === undefined ? [] : [verification]);
  const doubt = await doubtAbout(ctx, file);
  const isOpened = doubt === undefined || (await isWanted(ctx, doubt));
  if (isOpened) await ctx.openInViewer(path);
  ctx.terminal.result({ file: fileData({ ...file, validUntil: fileValidUntil(certificate) }) }, () =>
    isOpened ? ctx.messages.view.opened(path) : ctx.messages.view.notOpened(path),
  );
}

/** Why a file is not handed to a viewer as it is: that reads it with the person's rights, and may run what is in it. */
async function doubtAbout(
  { files, verifier }: Pick<Context, 'files' | 'verifier'>,
  { path, verification }: SavedFile,
): Promise<CertError<'FILE_NOT_OPENED'> | undefined> {
  const notOpened = (reason: CertError<'FILE_NOT_OPENED'>['params']['reason']) =>
    new CertError('FILE_NOT_OPENED', { path, reason });
  if (verification?.verdict === 'invalid') return notOpened('invalid');
  const actions = await (await verifier()).actions(await (await files()).contents(path));
  if (actions !== undefined && actions.length > 0) return notOpened('active');
  if (verification === undefined || !isSigned(verification)) return notOpened('unsigned');
  return actions === undefined ? notOpened('unreadable') : undefined;
}

/** @throws the doubt where nobody can be asked */
async function isWanted(
  { messages, prompts, terminal }: Pick<Context, 'messages' | 'prompts' | 'terminal'>,
  doubt: CertError,
): Promise<boolean> {
  if (!terminal.interactive) throw doubt;
  terminal.warn(failureOf(doubt, messages).message);
  return prompts.confirm({ message: messages.view.anyway, flag: 'CERT' });
}
