import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERRORS, EXIT } from '../../src/errors.ts';
import { displayWidth } from '../../src/ui/width.ts';
import { installation } from '../support/cert.ts';

const LANGUAGES = ['en', 'zh-CN'];
const TOPICS = ['environment', 'exit-codes', 'json', 'privacy'];
const topic = (name: string, lang: string, env = {}) => installation().run(`help ${name} --lang ${lang}`, { env });

describe.each(LANGUAGES)('cert help in %s', (lang) => {
  it.each(TOPICS)('%s fits 80 columns, and asks neither settings nor network', async (name) => {
    const { code, out } = await topic(name, lang, {
      CERT_PORTAL: 'nonsense',
      CERT_CONFIG_DIR: '/x',
      CERT_STATE_DIR: '/y',
    });
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(8);
    for (const line of out.split('\n')) expect({ line, fits: displayWidth(line) <= 80 }).toEqual({ line, fits: true });
  });

  it('names every exit code and every error code', async () => {
    const { out } = await topic('exit-codes', lang);
    for (const exit of Object.values(EXIT)) expect(out).toMatch(new RegExp(`^ {2}${exit} `, 'm'));
    for (const code of Object.keys(ERRORS)) expect(out).toMatch(new RegExp(`\\b${code}\\b`));
    expect(out).toContain('130, 143, 9, 1, 4, 11, 12, 2, 6, 5, 7, 10, 8, 3');
  });

  it('names every variable that the code reads', async () => {
    const { out } = await topic('environment', lang);
    const variables = new Set(sources().flatMap((text) => text.match(/\bCERT_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []));
    expect(variables.size).toBeGreaterThan(8);
    for (const name of variables) expect(out).toContain(name);
  });

  it('tells where this machine keeps what, and how to erase it', async () => {
    const { out } = await topic('privacy', lang, { CERT_CONFIG_DIR: '/somewhere/c', CERT_STATE_DIR: '/somewhere/s' });
    for (const part of ['/somewhere/c', '/somewhere/s', 'cert logout --all --purge', '--show-pii'])
      expect(out).toContain(part);
  });
});

describe('cert help', () => {
  it.each([
    ['help', 'Commands:'],
    ['help annotate', '--days'],
    ['help profile rename', '<new>'],
    ['help help', 'privacy'],
    ['help list', '--show-pii'],
    ['list help', '--show-pii'],
    ['profile help', 'rename'],
    ['profile help list', 'list the profiles'],
    ['profile list help', 'list the profiles'],
    ['help verification', 'NO_TRUST_ANCHOR'],
  ])('%s', async (line, text) => {
    const { code, out } = await installation().run(line);
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it.each(['help nonsense', 'help privacy json', 'help profile nonsense', 'profile help nonsense', 'list nonsense'])(
    '%s: exit 2',
    async (line) => {
      const { code, json } = await installation().run(`${line} --json`);
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'USAGE' });
    },
  );
});

function sources(folder = fileURLToPath(new URL('../../src', import.meta.url))): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'messages' ? [] : sources(path);
    return [readFileSync(path, 'utf8')];
  });
}
