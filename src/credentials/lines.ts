import type { Readable } from 'node:stream';

/** Takes a text stream line by line. Only `\n` ends one: JSON may contain the separators that `readline` also takes. */
export function onLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
