/**
 * Cuts Noto Sans SC to what the sandbox's certificates can show and writes it, compressed, with its licence to
 * dist/assets. A font already cut from the same source to the same characters is left as it is.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import subsetFont from 'subset-font';
import { wantedCharacters } from '../src/sandbox/pdf/characters.ts';
import { FONT_FILE } from '../src/sandbox/pdf/font.ts';

const source = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
const LICENSE = 'NotoSansSC-LICENSE.txt';
const ORIGIN = `${FONT_FILE}.origin`;

/** Quality 11 makes it 5 % smaller and takes six times as long. */
const BROTLI = {
  [constants.BROTLI_PARAM_QUALITY]: 9,
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
};

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function replace(path: string, contents: Buffer | string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

mkdirSync(assets, { recursive: true });
// What an earlier build left would be packed too.
for (const name of readdirSync(assets)) if (![FONT_FILE, ORIGIN, LICENSE].includes(name)) rmSync(join(assets, name));
copyFileSync(join(source, 'LICENSE_FONT'), join(assets, LICENSE));
const characters = wantedCharacters();
const whole = readFileSync(join(source, '400Regular', 'NotoSansSC_400Regular.ttf'));
const origin = createHash('sha256').update(whole).update(characters).digest('hex');
if (!existsSync(join(assets, FONT_FILE)) || textOf(join(assets, ORIGIN)) !== origin) {
  const cut = await subsetFont(whole, characters, { targetFormat: 'truetype' });
  replace(join(assets, FONT_FILE), brotliCompressSync(cut, { params: BROTLI }));
  replace(join(assets, ORIGIN), origin);
}
