import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const manifest = JSON.parse(read('package.json'));

describe('the package', () => {
  it('is called cert-holder, since cert is another tool on npm; the command is cert', () => {
    expect(manifest).toMatchObject({ name: 'cert-holder', bin: { cert: 'bin/cert.cjs' } });
    expect(Object.keys(manifest.bin)).toEqual(['cert']);
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({ name: 'cert-holder', version: manifest.version });
  });

  it('has the version of the last release in the changelog, below what is to come', () => {
    const titles = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles[0]).toBe('[Unreleased]');
    expect(titles[1]).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/);
    expect(titles[1]).toContain(`[${manifest.version}]`);
  });

  it('names no address of the project while it has none', () => {
    for (const field of ['repository', 'bugs', 'homepage', 'funding']) expect(manifest).not.toHaveProperty(field);
  });

  it('has nobody run or install the other tool', () => {
    const texts = [...filesBelow('src'), ...filesBelow('docs'), join(ROOT, 'README.md'), join(ROOT, 'CONTRIBUTING.md')];
    const wrong = /\bnpx (?:--?\S+ )*cert\b(?!-)|\bnpm (?:i|install) (?:--?\S+ )*cert\b(?!-)/;
    expect(texts.filter((path) => wrong.test(readFileSync(path, 'utf8')))).toEqual([]);
    expect('npx --yes cert list').toMatch(wrong);
    expect('npm install --global cert').toMatch(wrong);
  });
});

describe('dependencies', () => {
  const versions: Readonly<Record<string, string>> = { ...manifest.devDependencies, ...manifest.optionalDependencies };
  const code = ['src', 'scripts', 'bench', 'test'].flatMap(filesBelow).map((path) => readFileSync(path, 'utf8'));

  /** Whether the code reaches into it past what its `exports` promise; without any, they promise nothing. */
  const isOpened = (name: string): boolean =>
    existsSync(join(ROOT, 'node_modules', name)) &&
    JSON.parse(read(`node_modules/${name}/package.json`)).exports === undefined &&
    code.some((text) => text.includes(`'${name}/`));

  it('are pinned to a version where their inner files are used', () => {
    const opened = Object.keys(versions).filter(isOpened);
    expect(opened).toContain('undici');
    expect(opened.filter((name) => !/^\d+\.\d+\.\d+$/.test(versions[name] ?? ''))).toEqual([]);
  });
});
