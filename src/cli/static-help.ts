/** The fast path of `cert --help`: the text that the build made, in the person's language. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { languageOf } from '../config/language.ts';
import { systemLocale } from '../config/locale.ts';

export function staticHelp({ env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>, folder: string): string {
  const language = languageOf({ environment: env, platform, home: homedir(), systemLocale: systemLocale(platform) });
  return readFileSync(join(folder, `help.${language}.txt`), 'utf8');
}
