import type { Certificate } from '../../contract/schemas.ts';
import { dayOf } from '../../domain/calendar.ts';
import { EXIT, isCertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import { inWords } from '../../ui/messages/in-words.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { annotationStateText, qualificationText, slotsText } from '../shared/describe.ts';
import { nothingBecause } from '../shared/empty-account.ts';
import { importedData, importedFiles, importedTable } from '../shared/imported-files.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { savedData, savedFiles, savedText } from '../shared/saved.ts';
import { shownCertificate } from '../shared/show.ts';

export const list: CommandDefinition = {
  configure: (command, { help }, bind) =>
    bind(command.option('--show-pii', help.flag.showPii), (ctx, options: { showPii?: boolean }) =>
      runList(ctx, options),
    ),
};

export async function runList(
  ctx: Pick<Context, 'clock' | 'holderPortal' | 'messages' | 'portal' | 'submissions' | 'terminal' | 'wallet'>,
  options: { showPii?: boolean },
): Promise<void> {
  const day = dayOf(ctx.clock.now());
  const portal = await portalOrNone(ctx);
  if (portal === undefined) return listFiles(ctx, day, options);
  const holderPortal = await ctx.holderPortal();
  const listed = await orTellWhatIsKnown(ctx, () => holderPortal.certificates());
  const files = await savedFiles(ctx, portal.origin);
  const held = await caughtUp(ctx, listed);
  const certificates = held.map((certificate) => shownCertificate(certificate, day, options));
  const empty = await nothingBecause(ctx, certificates, '');
  const saved = (id: string) => files.filter(({ certificateId }) => certificateId === id);
  const data = certificates.map((certificate) => ({ ...certificate, saved: savedData(saved(certificate.id)) }));
  const imported = await importedFiles(ctx);
  const more = imported.length === 0 ? {} : { files: importedData(imported, options) };
  ctx.terminal.result({ certificates: data, ...more }, () =>
    [
      certificates.length === 0 ? empty : certificateTable(ctx, certificates, day, saved, options.showPii === true),
      ...(imported.length === 0 ? [] : [importedTable(ctx, imported, day, options)]),
    ].join('\n\n'),
  );
  if (certificates.length === 0) return;
  for (const line of nextSlot(ctx.messages, certificates)) ctx.terminal.say(line);
  ctx.terminal.say(ctx.messages.list.hint);
}

/** The list is shown as it is where the portal tells no more for now. */
async function caughtUp(
  { messages, submissions, terminal }: Pick<Context, 'messages' | 'submissions' | 'terminal'>,
  listed: readonly Certificate[],
): Promise<readonly Certificate[]> {
  try {
    return await (await submissions()).caughtUp(listed);
  } catch (error) {
    if (!isCertError(error) || error.exit === EXIT.login || error.exit >= EXIT.interrupted) throw error;
    terminal.warn(failureOf(error, messages).message);
    return listed;
  }
}

/** Undefined where none is named, and files are here to be listed without one. @throws CertError as `Context.portal` */
async function portalOrNone(ctx: Pick<Context, 'portal' | 'wallet'>): Promise<Portal | undefined> {
  try {
    return await ctx.portal();
  } catch (error) {
    if (!isCertError(error, 'PORTAL_NOT_CONFIGURED')) throw error;
    if ((await (await ctx.wallet()).files(() => true)).length === 0) throw error;
    return undefined;
  }
}

/** What this machine holds, whatever portal or person it came from. */
async function listFiles(
  ctx: Pick<Context, 'messages' | 'terminal' | 'wallet'>,
  day: string,
  options: { showPii?: boolean },
): Promise<void> {
  const files = await (await ctx.wallet()).files(() => true);
  ctx.terminal.result({ certificates: [], files: importedData(files, options) }, () =>
    importedTable(ctx, files, day, options),
  );
}

/** The slot that frees first; one that all are left of has none. */
function nextSlot({ list: text }: Messages, certificates: readonly Certificate[]): string[] {
  const [first] = certificates
    .flatMap(({ id, quota }) => (quota?.nextSlotOn ? [{ id, date: quota.nextSlotOn }] : []))
    .sort((a, b) => a.date.localeCompare(b.date));
  return first === undefined ? [] : [text.nextSlot(first.date, first.id)];
}

function certificateTable(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  certificates: readonly Certificate[],
  day: string,
  saved: (certificateId: string) => readonly WalletFile[],
  withHolder: boolean,
): string {
  const { term } = messages;
  const isAnySaved = certificates.some(({ id }) => saved(id).length > 0);
  return terminal.table(
    [
      { title: term.id },
      { title: term.qualification, flexible: true },
      ...(withHolder ? [{ title: term.holder }, { title: term.idNumber }] : []),
      { title: term.status },
      { title: term.annotation },
      { title: term.slotsColumn },
      ...(isAnySaved ? [{ title: messages.saved.title }] : []),
    ],
    certificates.map((certificate) => [
      certificate.id,
      qualificationText(certificate),
      ...(withHolder ? [certificate.holderName, certificate.idNumberMasked] : []),
      inWords(term.statuses, certificate.status),
      annotationStateText(certificate, day, messages),
      slotsText(certificate.quota, messages),
      ...(isAnySaved ? [savedText(saved(certificate.id), day, messages)] : []),
    ]),
  );
}
