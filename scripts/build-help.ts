/** Writes the texts of `cert --help`, one a language, for the fast path of the executable. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { version } from '../package.json' with { type: 'json' };
import { buildProgram } from '../src/cli/program.ts';
import { loadMessages } from '../src/ui/messages/load.ts';

const dist = new URL('../dist/', import.meta.url);
mkdirSync(dist, { recursive: true });
for (const language of ['en', 'zh-CN'] as const) {
  let text = '';
  const program = await buildProgram({
    argv: [],
    version,
    messages: await loadMessages(language),
    bind: () => {},
    topic: async () => undefined,
    writeOut: (chunk) => {
      text += chunk;
    },
  });
  program.outputHelp();
  writeFileSync(new URL(`help.${language}.txt`, dist), text);
}
