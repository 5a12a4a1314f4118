/** Receives a PDF from the portal, whole and as the portal describes it. */
import { createHash, type Hash } from 'node:crypto';
import { CertError, type FileDamage, isCertError } from '../errors.ts';
import type { OpenFile } from '../ports/files.ts';
import type { FileAnswer } from '../ports/holder-portal.ts';

const MAX_RESUMES = 3;
const MAX_FRESH_STARTS = 2;

/** Precondition Failed, Range Not Satisfiable. */
const NOT_RESUMABLE = [412, 416];

const START_MARK = Buffer.from('%PDF-');
const END_MARK = Buffer.from('%%EOF');
/** Readers look for the end marker in the last 1,024 bytes (ISO 32000-1, annex H.3, note 18). */
const END_WINDOW_BYTES = 1024;

/** Takes the bytes of a file in order. */
export interface Sink {
  write(chunk: Uint8Array): Promise<void>;
  /** Forgets what was written: the file comes again from its start. */
  clear(): Promise<void>;
}

export interface Received {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What has been seen of one file so far. */
class Contents {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');
  #start: Buffer = Buffer.alloc(0);
  #end: Buffer = Buffer.alloc(0);

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#start.length < START_MARK.length)
      this.#start = Buffer.concat([this.#start, chunk.subarray(0, START_MARK.length - this.#start.length)]);
    this.#end = Buffer.concat([this.#end, chunk.subarray(-END_WINDOW_BYTES)]).subarray(-END_WINDOW_BYTES);
  }

  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** In what way it is not the whole PDF that the portal promised; undefined when it is. */
  damage({ length, sha256 }: Pick<FileAnswer, 'length' | 'sha256'>): FileDamage | undefined {
    const { bytes } = this;
    if (length !== undefined && length !== bytes) return { kind: 'length', bytes, expected: length };
    if (!this.#start.equals(START_MARK)) return { kind: 'start' };
    if (!this.#end.includes(END_MARK)) return { kind: 'end' };
    return sha256 === undefined || sha256 === this.sha256() ? undefined : { kind: 'digest' };
  }
}

/**
 * Receives one file into the sink. A connection that drops is resumed where it broke, up to three times; a file that
 * arrives damaged is fetched once more from its start.
 * @throws CertError FILE_DAMAGED when the second copy is damaged too; what `open`, its body and the sink throw
 */
export async function receive(open: OpenFile, sink: Sink): Promise<Received> {
  for (let starts = 1; ; starts += 1) {
    await sink.clear();
    const { contents, answer } = await receiveOnce(open, sink);
    const damage = contents.damage(answer);
    if (damage === undefined) return { sha256: contents.sha256(), bytes: contents.bytes };
    if (starts === MAX_FRESH_STARTS) throw new CertError('FILE_DAMAGED', { damage });
  }
}

async function receiveOnce(open: OpenFile, sink: Sink): Promise<{ contents: Contents; answer: FileAnswer }> {
  let contents = new Contents();
  let answer = await open();
  for (let resumes = 0; ; resumes += 1) {
    if (answer.start !== contents.bytes) {
      if (answer.start !== 0) throw new CertError('PORTAL_PROTOCOL', { fault: { kind: 'part' } });
      await sink.clear();
      contents = new Contents();
    }
    try {
      for await (const chunk of answer.body) {
        await sink.write(chunk);
        contents.add(chunk);
      }
      return { contents, answer };
    } catch (error) {
      if (!isCertError(error, 'CONNECTION_LOST', 'TIMED_OUT') || resumes === MAX_RESUMES) throw error;
    }
    answer = continued(answer, await reopen(open, contents.bytes, answer.etag));
  }
}

/** What the portal said of the file holds for its rest too, where it is not said again. */
const continued = (before: FileAnswer, now: FileAnswer): FileAnswer =>
  now.start === 0
    ? now
    : {
        ...now,
        length: now.length ?? before.length,
        sha256: now.sha256 ?? before.sha256,
        etag: now.etag ?? before.etag,
      };

/** The rest of the file; the whole one where it cannot be resumed, or is another file by now (RFC 9110, 13.1.1). */
async function reopen(open: OpenFile, start: number, etag: string | undefined): Promise<FileAnswer> {
  if (start === 0 || etag === undefined) return open();
  try {
    return await open({ start, etag });
  } catch (error) {
    if (isCertError(error, 'PORTAL_REFUSED') && NOT_RESUMABLE.includes(error.params.status)) return open();
    throw error;
  }
}
