/**
 * The process that reads the text of PDFs: they are anybody's, and a library that reads all of them may hang or fill
 * the memory over one. A file a message, its text an answer. A second thread ends the process when a file takes too
 * long or too much, also when nobody waits for it any more.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { extractText, loadPdfjs } from './extract-text.ts';
import { LIMIT_MS, type TextAnswer, type TextQuestion } from './text-process.ts';

const HERE = fileURLToPath(import.meta.url);
const MOST_BYTES = 700 * 1_024 * 1_024;
const LOOK_MS = 50;

function serve(): void {
  const watch = new Worker(HERE);
  const pdfjs = loadPdfjs();
  let answered: Promise<unknown> = Promise.resolve();
  process.on('message', ({ bytes }: TextQuestion) => {
    answered = answered.then(async () => {
      watch.postMessage('begins');
      const text = await pdfjs
        .then((library) => extractText(library, new Uint8Array(bytes), join(dirname(HERE), 'pdfjs')))
        .catch(() => undefined);
      watch.postMessage('ended');
      process.send?.({ text } satisfies TextAnswer);
    });
  });
  process.on('disconnect', () => process.exit());
}

function watchOver(): void {
  let begunAt = Number.POSITIVE_INFINITY;
  parentPort?.on('message', (what: 'begins' | 'ended') => {
    begunAt = what === 'begins' ? performance.now() : Number.POSITIVE_INFINITY;
  });
  setInterval(() => {
    if (process.memoryUsage.rss() > MOST_BYTES || performance.now() - begunAt > LIMIT_MS)
      process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS);
}

if (isMainThread) serve();
else watchOver();
