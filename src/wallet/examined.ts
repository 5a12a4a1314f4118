/** Receives a PDF and has it examined before anybody gets it. */

import { type ReasonCode, refusalOf, type Verification } from '../domain/verification.ts';
import { CertError } from '../errors.ts';
import type { Examine, OpenFile } from '../ports/files.ts';
import { type Received, receive, type Sink } from './receive.ts';

const MAX_COPIES = 2;

export interface Examined extends Received {
  /** Absent where nobody examined it. */
  readonly verification?: Verification | undefined;
  /** Why it would have been refused; absent where it passed. */
  readonly fault?: ReasonCode | undefined;
}

interface Examination {
  readonly examine?: Examine | undefined;
  /** Whether a file that is to be refused is given out all the same. */
  readonly keepUnverified?: boolean | undefined;
}

/** A sink whose contents can be read back. */
export interface ReadableSink extends Sink {
  contents(): Promise<Uint8Array>;
}

/**
 * As `receive`; a file that fails the examination is fetched once more.
 * @throws CertError FILE_NOT_VERIFIED when the second copy fails too; then it is what the sink holds
 */
export async function receiveExamined(
  open: OpenFile,
  sink: ReadableSink,
  { examine, keepUnverified = false }: Examination,
): Promise<Examined> {
  for (let copies = 1; ; copies += 1) {
    const received = await receive(open, sink);
    if (examine === undefined) return received;
    const verification = await examine(await sink.contents());
    const fault = refusalOf(verification.layers);
    // What stands behind a signature may have got there on the way, and some producers leave such a rest.
    const isDoubtful = fault !== undefined || verification.layers.structure.code === 'CONTENTS_PADDING';
    if (isDoubtful && copies < MAX_COPIES) continue;
    if (fault === undefined) return { ...received, verification };
    if (keepUnverified) return { ...received, verification, fault };
    throw new CertError('FILE_NOT_VERIFIED', { reason: fault });
  }
}
