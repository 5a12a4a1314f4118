/** The PDFs that appear in a folder. It is looked at again and again: systems tell of changes each in its own way. */
import { MAX_PDF_BYTES } from '../../domain/pdf-size.ts';
import type { Arrival } from '../../ports/files.ts';
import type { Context } from '../context.ts';

const LOOK_MS = 1_000;
const BEGINNING = '%PDF-';
const END = '%%EOF';
const MOST_BYTES = MAX_PDF_BYTES + 1;

/**
 * The paths of PDFs that come into a folder, or are replaced there, from now on, each once it is whole: unchanged from
 * one look to the next, and with its end. Ends after so many milliseconds.
 * @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE; INTERRUPTED, TERMINATED
 */
export async function* arrivalsIn(
  ctx: Pick<Context, 'clock' | 'files' | 'messages'>,
  folder: string,
  timeoutMs: number,
  say: (line: string) => void,
): AsyncGenerator<string> {
  const files = await ctx.files();
  const endsAt = ctx.clock.now().getTime() + timeoutMs;
  const done = new Map((await files.pdfsIn(folder)).map((one) => [one.path, stateOf(one)]));
  let last = new Map<string, string>();
  say(ctx.messages.imported.watching(folder));
  for (;;) {
    const leftMs = endsAt - ctx.clock.now().getTime();
    if (leftMs <= 0) return;
    await ctx.clock.sleep(Math.min(LOOK_MS, leftMs));
    const now = await files.pdfsIn(folder);
    for (const one of now) {
      const state = stateOf(one);
      if (one.bytes === 0 || done.get(one.path) === state || last.get(one.path) !== state) continue;
      if (!(await isWhole(ctx, one.path))) continue;
      done.set(one.path, state);
      yield one.path;
    }
    last = new Map(now.map((one) => [one.path, stateOf(one)]));
  }
}

const stateOf = ({ bytes, modifiedMs }: Arrival): string => `${bytes} ${modifiedMs}`;

/** What is no PDF at all will not become one. */
async function isWhole(ctx: Pick<Context, 'files'>, path: string): Promise<boolean> {
  const bytes = await (await ctx.files()).load(path, MOST_BYTES).catch(() => undefined);
  if (bytes === undefined) return false;
  const contents = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !contents.subarray(0, BEGINNING.length).equals(Buffer.from(BEGINNING)) || contents.includes(END);
}
