/** Verifies files, few or thousands of them. */
import { MAX_PDF_BYTES } from '../../domain/pdf-size.ts';
import { isCertError } from '../../errors.ts';
import type { SavedRecord, WalletFile } from '../../ports/wallet.ts';
import type { Context } from '../context.ts';
import { pageFacts } from './page-facts.ts';
import type { Verified } from './verification-report.ts';
import type { Unread } from './verification-table.ts';

/** A file that is larger is not read to its end: it is too large in any case. */
const MOST_BYTES = MAX_PDF_BYTES + 1;
/** Of files whose pages are yet to be read. */
const MOST_BYTES_WAITING = 64 * 1_024 * 1_024;
/** Fewer are verified before a progress line is worth it. */
const MANY = 20;

/** What verifying takes. */
export type Verifying = Pick<
  Context,
  'clock' | 'files' | 'interruption' | 'messages' | 'pageText' | 'terminal' | 'verifier' | 'wallet'
>;

/** The files that are meant, each once. */
export async function pathsOf(ctx: Pick<Context, 'files'>, operands: readonly string[]) {
  const files = await ctx.files();
  const unread: Unread[] = [];
  const paths = new Set<string>();
  let isFolder = false;
  for (const operand of operands) {
    const found = await files.pdfs(operand).catch((error) => noteUnread(unread, operand, error));
    isFolder ||= found?.some((path) => path !== operand) === true;
    for (const path of found ?? []) paths.add(path);
  }
  return { paths: [...paths], unread, isFolder };
}

function noteUnread(unread: Unread[], path: string, error: unknown): undefined {
  if (!isCertError(error)) throw error;
  unread.push({ path, error });
}

/** What was taken in by hand of these files, and is as it was; a wallet that cannot be read is of no account here. */
async function importedAt(
  ctx: Pick<Context, 'files' | 'wallet'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, WalletFile>> {
  const files = await ctx.files();
  const pathOf = new Map(paths.map((path) => [files.absolute(path), path]));
  const isAmong = ({ via, path }: SavedRecord) => via === 'import' && pathOf.has(path);
  const found = await (await ctx.wallet()).files(isAmong).catch((error) => {
    if (!isCertError(error, 'CONFIG_INVALID')) throw error;
    return [];
  });
  return new Map(
    found.flatMap((file) => (file.state === 'good' ? [[pathOf.get(file.path) ?? file.path, file] as const] : [])),
  );
}

/** Verifies one file after the other; their pages are read meanwhile. */
export async function verifyEach(
  ctx: Verifying,
  paths: readonly string[],
  unread: Unread[],
  { trustAnchors, withPage }: { readonly trustAnchors: readonly Uint8Array[]; readonly withPage: boolean },
): Promise<Verified[]> {
  const files = await ctx.files();
  const verifier = await ctx.verifier();
  const pageText = withPage ? await ctx.pageText() : undefined;
  const imported = withPage ? await importedAt(ctx, paths) : new Map<string, WalletFile>();
  const text = ctx.messages.verification;
  const progress =
    ctx.terminal.watched && paths.length > MANY ? ctx.terminal.progress(text.progress(0, paths.length)) : undefined;
  const verified: Promise<Verified>[] = [];
  let [waitingBytes, awaited] = [0, 0];
  try {
    for (const [index, path] of paths.entries()) {
      const bytes = await files.load(path, MOST_BYTES).catch((error) => noteUnread(unread, path, error));
      if (ctx.interruption.signal.aborted) throw ctx.interruption.signal.reason;
      progress?.update(text.progress(index, paths.length));
      if (bytes === undefined) continue;
      const page = pageText?.read(bytes) ?? Promise.resolve(undefined);
      const verification = await verifier.verify(bytes, { trustAnchors, now: ctx.clock.now() });
      const one = page.then((found) => ({
        path,
        ...pageFacts(verification, found, imported.get(path)),
        ...verification,
      }));
      verified.push(one);
      waitingBytes += bytes.length;
      void page.then(() => {
        waitingBytes -= bytes.length;
      });
      while (waitingBytes > MOST_BYTES_WAITING) await verified[awaited++];
    }
    return await Promise.all(verified);
  } finally {
    progress?.stop();
  }
}
