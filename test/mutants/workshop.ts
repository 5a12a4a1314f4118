/** Copies of the tree to break: the working tree itself is never touched. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutated } from './mutant.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LEFT_OUT = ['node_modules', '.git', '.vite'];

export interface Workshop {
  /** Copies of the tree, one for each that works at a time. */
  readonly copies: readonly string[];
  remove(): void;
}

/** The copies are built: tests need the fonts, and some the executable. */
export function openWorkshop(size: number): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'cert-mutants-'));
  const copies = Array.from({ length: size }, (_, index) => join(folder, `copy-${index + 1}`));
  const isCopied = (path: string) => !LEFT_OUT.includes(relative(ROOT, path).split(sep)[0] ?? '');
  for (const copy of copies) {
    cpSync(ROOT, copy, { recursive: true, filter: isCopied });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return { copies, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Does work in a copy in which the mutant's line is broken, and mends it. */
export async function whileBroken<T>(copy: string, mutant: Mutant, work: () => Promise<T>): Promise<T> {
  const path = join(copy, mutant.file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, mutated(whole, mutant));
  try {
    return await work();
  } finally {
    writeFileSync(path, whole);
  }
}
