import { createHash } from 'node:crypto';
import type { OpenFile } from '../../src/ports/files.ts';
import type { FileAnswer } from '../../src/ports/holder-portal.ts';

export const PDF = Buffer.from(`%PDF-1.7\n${'x'.repeat(5_000)}\n%%EOF\n`);

export const sha256 = (contents: Uint8Array) => createHash('sha256').update(contents).digest('hex');

interface Script extends Partial<Omit<FileAnswer, 'body'>> {
  /** What the portal sends from `start` on. */
  readonly body?: Uint8Array;
  /** How the connection ends after the body, if not in order. */
  readonly end?: Error;
  /** It refuses the request. */
  readonly refusal?: Error;
  /** Runs while the body is on its way. */
  readonly meanwhile?: () => void;
}

/** A portal that gives one scripted answer a request, and remembers from where each was asked for. */
export function portalFile(...scripts: Script[]): { open: OpenFile; asked: (number | undefined)[] } {
  const asked: (number | undefined)[] = [];
  const open: OpenFile = async (resume) => {
    const { body = PDF, end, refusal, meanwhile, ...answer } = scripts[asked.length] ?? {};
    asked.push(resume?.start);
    if (refusal !== undefined) throw refusal;
    return {
      length: PDF.length,
      etag: '"1"',
      sha256: sha256(PDF),
      start: 0,
      ...answer,
      body: pieces(body, end, meanwhile),
    };
  };
  return { open, asked };
}

async function* pieces(body: Uint8Array, end?: Error, meanwhile?: () => void) {
  for (let at = 0; at < body.length; at += 1_000) yield body.subarray(at, at + 1_000);
  meanwhile?.();
  if (end !== undefined) throw end;
}
