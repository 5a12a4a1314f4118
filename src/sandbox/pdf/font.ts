import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** Its name in dist/assets, where the build puts it. */
export const FONT_FILE = 'NotoSansSC-Regular.ttf.br';

let font: Promise<Buffer> | undefined;

/** The font that the build cut, TrueType: read once. */
export function readFont(): Promise<Buffer> {
  font ??= readFile(findFont()).then(promisify(brotliDecompress));
  return font;
}

/** Found upward from this module: it may be a source file or a bundled one. */
function findFont(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const path of [join(folder, 'assets', FONT_FILE), join(folder, 'dist', 'assets', FONT_FILE)])
      if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error('The font of the sandbox is missing: run `npm run build`.');
    folder = dirname(folder);
  }
}
