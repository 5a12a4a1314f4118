/** The project's documents in pieces: blocks of code, code in a line, JSON. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Block {
  /** What stands behind the fence; empty where nothing does. */
  readonly language: string;
  readonly code: string;
  /** `FILE:LINE` of the fence. */
  readonly place: string;
}

export interface Document {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Code in a line of prose, without its backticks. */
  readonly spans: readonly string[];
}

/** What people read before and while they use `cert`: paths from the root. */
export const documentPaths = (): string[] => [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md'),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const readDocument = (path: string): Document => parseDocument(path, readFileSync(join(ROOT, path), 'utf8'));

const FENCED = /^ *```(.*)\n([\s\S]*?)^ *```$/gm;

export function parseDocument(path: string, text: string): Document {
  const blocks = [...text.matchAll(FENCED)].map(({ 1: language = '', 2: code = '', index }) => ({
    language,
    code,
    place: `${path}:${text.slice(0, index).split('\n').length}`,
  }));
  const prose = text.replace(FENCED, '');
  return { path, text, blocks, spans: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span) };
}

/** The commands of a block of shell, one a line, without comments. */
export const linesOf = ({ code }: Block): string[] =>
  code
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, '').trim())
    .filter((line) => line !== '');

/** JSON as people are shown it: `…` for what is left out. */
export const jsonWithHoles = (shown: string): unknown => JSON.parse(shown.replace(/,?\s*…/g, ''));
