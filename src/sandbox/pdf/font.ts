import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Fonts {
  readonly regular: string;
  readonly bold: string;
}

/** The fonts that the build cut, found upward from this module: it may be a source file or a bundled one. */
export function findFonts(): Fonts {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const assets of [join(folder, 'assets'), join(folder, 'dist', 'assets')]) {
      const fonts = { regular: join(assets, 'NotoSansSC-Regular.ttf'), bold: join(assets, 'NotoSansSC-Bold.ttf') };
      if (existsSync(fonts.regular) && existsSync(fonts.bold)) return fonts;
    }
    if (folder === dirname(folder)) throw new Error('The fonts of the sandbox are missing: run `npm run build`.');
    folder = dirname(folder);
  }
}
