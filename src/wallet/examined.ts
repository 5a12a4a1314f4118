/** Receives a PDF and has it examined before anybody gets it. */

import type { ReasonCode, Verification } from '../domain/verification.ts';
import { CertError } from '../errors.ts';
import type { Examine, OpenFile } from '../ports/files.ts';
import { type Received, receive, type Sink } from './receive.ts';

const MAX_COPIES = 2;

export interface Examined extends Received {
  /** Absent where nobody examined it. */
  readonly verification?: Verification | undefined;
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
  examine: Examine | undefined,
): Promise<Examined> {
  for (let copies = 1; ; copies += 1) {
    const received = await receive(open, sink);
    if (examine === undefined) return received;
    const verification = await examine(await sink.contents());
    const reason = faultOf(verification);
    if (reason === undefined) return { ...received, verification };
    if (copies === MAX_COPIES) throw new CertError('FILE_NOT_VERIFIED', { reason });
  }
}

/**
 * What is wrong with a file itself; that it may no longer be used is not. What stands behind a signature may have got
 * there on the way.
 */
const faultOf = ({ layers }: Verification): ReasonCode | undefined =>
  Object.values(layers).find(
    ({ result, code }) => code === 'CONTENTS_PADDING' || (result === 'fail' && code !== 'ANNOTATION_EXPIRED'),
  )?.code;
