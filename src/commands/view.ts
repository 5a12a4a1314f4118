import { join } from 'node:path';
import type { Context } from '../context.ts';
import type { CommandDefinition } from './command.ts';
import { tellVerdicts } from './steps/examining.ts';
import { fileData } from './steps/results.ts';
import { fileValidUntil, saveCertificate, saveTarget, withReadyCopy } from './steps/saving.ts';
import { selectCertificate } from './steps/select.ts';

export const view: CommandDefinition = {
  configure: (command, { help }, bind) =>
    bind(command.argument('[CERT]', help.argument.certificate), (ctx, _options: object, selector?: string) =>
      runView(ctx, selector),
    ),
};

export async function runView(ctx: Context, selector: string | undefined): Promise<void> {
  const portal = await ctx.portal();
  const certificates = await portal.certificates();
  const certificate = await withReadyCopy(portal, await selectCertificate(ctx, certificates, selector));
  const folder = (await ctx.files()).viewFolder();
  const target = await saveTarget(ctx, certificate, certificates, join(folder, '/'));
  const file = await saveCertificate(ctx, portal, certificate, target, { force: true });
  const { path, verification } = file;
  await ctx.openInViewer(path);
  ctx.terminal.result({ file: fileData({ ...file, validUntil: fileValidUntil(certificate) }) }, () =>
    ctx.messages.view.opened(path),
  );
  tellVerdicts(ctx, verification === undefined ? [] : [verification]);
}
