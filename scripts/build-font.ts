/**
 * Cuts Noto Sans SC to what the sandbox's certificates can show: ASCII, punctuation and the characters of GB 2312.
 * Writes the fonts and their licence to dist/assets; does nothing when they are there.
 */
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

mkdirSync(assets, { recursive: true });
copyFileSync(join(source, 'LICENSE_FONT'), join(assets, 'NotoSansSC-LICENSE.txt'));
for (const [name, file] of Object.entries(FONTS)) {
  const target = join(assets, name);
  if (existsSync(target)) continue;
  const font = await subsetFont(readFileSync(join(source, file)), shownCharacters(), {
    targetFormat: 'truetype',
  });
  writeFileSync(`${target}.tmp`, font);
  renameSync(`${target}.tmp`, target);
}
