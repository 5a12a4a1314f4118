import { join } from 'node:path';
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
  await ctx.openInViewer(path);
  ctx.terminal.result({ file: fileData({ ...file, validUntil: fileValidUntil(certificate) }) }, () =>
    ctx.messages.view.opened(path),
  );
  tellVerdicts(ctx, verification === undefined ? [] : [verification]);
}
