/**
 * Cuts Noto Sans SC to what the sandbox's certificates can show: ASCII, punctuation and the characters of GB 2312.
 * Writes the fonts and their licence to dist/assets; a font already cut from the same source to the same characters
 * is left as it is.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import { shownCharacters } from '../src/sandbox/pdf/characters.ts';

const source = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
const FONTS = {
  'NotoSansSC-Regular.ttf': '400Regular/NotoSansSC_400Regular.ttf',
  'NotoSansSC-Bold.ttf': '700Bold/NotoSansSC_700Bold.ttf',
};

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function replace(path: string, contents: Buffer | string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

mkdirSync(assets, { recursive: true });
copyFileSync(join(source, 'LICENSE_FONT'), join(assets, 'NotoSansSC-LICENSE.txt'));
const characters = shownCharacters();
for (const [name, file] of Object.entries(FONTS)) {
  const target = join(assets, name);
  const whole = readFileSync(join(source, file));
  const origin = createHash('sha256').update(whole).update(characters).digest('hex');
  if (existsSync(target) && textOf(`${target}.origin`) === origin) continue;
  replace(target, await subsetFont(whole, characters, { targetFormat: 'truetype' }));
  replace(`${target}.origin`, origin);
}
