/** The text of PDFs, read in processes of their own: two at most, each for as long as it answers in time. */
import { createHash } from 'node:crypto';
import type { PageText } from '../../ports/page-text.ts';

export interface TextQuestion {
  readonly bytes: Uint8Array;
}
export interface TextAnswer {
  readonly text?: string | undefined;
}

/** What is used of a child process of Node. */
export interface TextChild {
  send(question: TextQuestion, sent: (error: Error | null) => void): unknown;
  kill(signal: 'SIGKILL'): unknown;
  once(event: 'message', listener: (answer: TextAnswer) => void): unknown;
  once(event: 'exit' | 'error', listener: () => void): unknown;
  removeAllListeners(): unknown;
}

/** For one file, with the start of the process. */
export const LIMIT_MS = 8_000;
const MOST_CHILDREN = 2;
/** What a library keeps of each file adds up. */
const MOST_FILES_OF_A_CHILD = 200;
/** Of so many texts, 20,000 characters each, the latest are kept: folders hold copies. */
const MOST_KEPT = 200;

interface Surroundings {
  /** Starts `text-child`. */
  readonly spawn: () => TextChild;
  readonly limitMs?: number;
}

interface Reader {
  readonly child: TextChild;
  readonly files: number;
}

export function textInChildren({ spawn, limitMs = LIMIT_MS }: Surroundings): PageText {
  const idle: Reader[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function read(bytes: Uint8Array): Promise<string | undefined> {
    if (busy === MOST_CHILDREN) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      const { child, files } = idle.pop() ?? { child: spawn(), files: 0 };
      const answer = await ask(child, bytes, limitMs);
      if (answer === undefined || files + 1 === MOST_FILES_OF_A_CHILD) child.kill('SIGKILL');
      else idle.push({ child, files: files + 1 });
      return answer?.text?.trim() || undefined;
    } catch {
      // No process can be started.
      return undefined;
    } finally {
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  }

  const kept = new Map<string, Promise<string | undefined>>();
  return {
    read(bytes) {
      const digest = createHash('sha256').update(bytes).digest('base64');
      const text = kept.get(digest) ?? read(bytes);
      kept.set(digest, text);
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
      return text;
    },
  };
}

/** Undefined where the child did not answer in time, or ended. */
const ask = (child: TextChild, bytes: Uint8Array, limitMs: number): Promise<TextAnswer | undefined> =>
  new Promise((resolve) => {
    const settle = (answer?: TextAnswer) => {
      clearTimeout(timer);
      child.removeAllListeners();
      // What went wrong has been told; a later error of a child that is given up is nobody's.
      child.once('error', () => {});
      resolve(answer);
    };
    const timer = setTimeout(settle, limitMs);
    child.once('message', settle);
    child.once('exit', () => settle());
    child.once('error', () => settle());
    child.send({ bytes }, (error) => {
      if (error !== null) settle();
    });
  });
