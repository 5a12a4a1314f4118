/**
 * Copies to dist/pdfjs what pdf.js reads besides its code: the character maps of simplified Chinese. Text that is
 * written with a font of the reader's own, as much of what Chinese authorities publish, cannot be read without them.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const target = fileURLToPath(new URL('../dist/pdfjs/', import.meta.url));

/** Those that a PDF may name (ISO 32000-1, table 118), across and down, and what their characters are in Unicode. */
const ENCODINGS = ['GB-EUC', 'GBpc-EUC', 'GBK-EUC', 'GBKp-EUC', 'GBK2K', 'UniGB-UCS2', 'UniGB-UTF16'];
const MAPS = [...ENCODINGS.flatMap((name) => [`${name}-H`, `${name}-V`]), 'Adobe-GB1-UCS2'];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of MAPS) copyFileSync(join(source, 'cmaps', `${name}.bcmap`), join(target, `${name}.bcmap`));
copyFileSync(join(source, 'cmaps', 'LICENSE'), join(target, 'LICENSE-CMAPS'));
copyFileSync(join(source, 'LICENSE'), join(target, 'LICENSE'));
