import type { Certificate } from '../../contract/schemas.ts';
import { isCertError } from '../../errors.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { nothingBecause } from '../shared/empty-account.ts';
import { selectCertificate, selectCertificates } from '../shared/select.ts';
import { endsAll } from './after-failure.ts';
import { finishEach } from './finishing.ts';
import { fileValidUntil, withReadyCopy } from './ready-copy.ts';
import { fileLine, type Result } from './results.ts';
import { requireFolder } from './save-target.ts';
import { printCertificate, type SaveOptions, type Saving, saveAndRemember } from './saving.ts';

interface DownloadFlags {
  readonly all?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly keepUnverified?: boolean;
}

export const download: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('[CERT...]', argument.certificate)
        .option('--all', flag.all)
        .option('-o, --output <path>', flag.output)
        .option('-f, --force', flag.force)
        .option('--keep-unverified', flag.keepUnverified),
      (ctx, flags: DownloadFlags, selectors: string[]) => runDownload(ctx, selectors, flags),
    ),
};

type Downloading = Saving & Pick<Context, 'options' | 'prompts'>;

export async function runDownload(
  ctx: Downloading & Pick<Context, 'config'>,
  selectors: readonly string[],
  flags: DownloadFlags,
): Promise<void> {
  if (flags.all && selectors.length > 0) throw usageError('conflict', { one: 'CERT', other: '--all' });
  const output = flags.output ?? ctx.config.read().settings.output;
  if (output === '-') return downloadToStdout(ctx, selectors, flags);
  const certificates = await (await ctx.holderPortal()).certificates();
  const selected = flags.all ? certificates : await selectCertificates(ctx, certificates, selectors);
  await requireFolder(ctx, selected, output);
  const results: Result[] = [];
  for (const certificate of selected) {
    const options = { output, force: flags.force === true, keepUnverified: flags.keepUnverified };
    const result = await downloadOne(ctx, certificate, certificates, options);
    results.push(flags.all ? skippedWhereNotDue(result) : result);
    if (result.error && endsAll(result.error)) break;
  }
  const nothing = await nothingBecause(ctx, certificates, ctx.messages.download.nothing);
  finishEach(ctx, results, (result) => fileLine(ctx.messages, result), nothing);
}

async function downloadOne(
  ctx: Saving,
  certificate: Certificate,
  all: readonly Certificate[],
  options: SaveOptions,
): Promise<Result> {
  const about = ({ annotationRequired, annotation }: Certificate) => ({
    certificateId: certificate.id,
    ...(annotationRequired && annotation ? { annotationId: annotation.id } : {}),
  });
  try {
    const downloadable = await withReadyCopy(ctx, certificate);
    const { outcome, ...file } = await saveAndRemember(ctx, downloadable, all, options);
    return { ...about(downloadable), outcome, file: { ...file, validUntil: fileValidUntil(downloadable) } };
  } catch (error) {
    if (!isCertError(error)) throw error;
    return { ...about(certificate), outcome: 'failed', error };
  }
}

/** With `--all`, what cannot be downloaded now is no failure. */
function skippedWhereNotDue(result: Result): Result {
  return isCertError(
    result.error,
    'CERTIFICATE_REVOKED',
    'ANNOTATION_REQUIRED',
    'ANNOTATION_EXPIRED',
    'ANNOTATION_GENERATING',
    'ANNOTATION_FAILED',
  )
    ? { ...result, outcome: 'skipped', error: undefined, reason: result.error }
    : result;
}

async function downloadToStdout(ctx: Downloading, selectors: readonly string[], flags: DownloadFlags): Promise<void> {
  if (ctx.options.json) throw usageError('stdoutIsJson', {});
  if (flags.all || selectors.length > 1) throw usageError('stdoutWantsOne', {});
  const holderPortal = await ctx.holderPortal();
  const certificate = await selectCertificate(ctx, await holderPortal.certificates(), selectors[0]);
  await printCertificate(ctx, await withReadyCopy(ctx, certificate));
}
