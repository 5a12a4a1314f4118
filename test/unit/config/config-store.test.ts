import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigStore } from '../../../src/config/config-store.ts';
import type { Profile } from '../../../src/ports/settings.ts';
import { realLocking } from '../../support/locking.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const POSIX = process.platform !== 'win32';
const DEFAULTS = { currentProfile: null, profiles: {}, settings: {} };
const nurse: Profile = { portal: 'https://portal.example', username: 'demo_nurse', store: 'keychain' };

function storeWith(text?: string) {
  const folder = join(temporaryFolder(), 'cert');
  const store = createConfigStore(folder, realLocking());
  if (text !== undefined) {
    mkdirSync(folder);
    writeFileSync(store.path, text);
  }
  return { folder, store, text: () => readFileSync(store.path, 'utf8') };
}

describe('reading the settings', () => {
  it('gives the defaults where there is no file, and makes none', () => {
    const { store, folder } = storeWith();
    expect(store.read()).toEqual(DEFAULTS);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['{"schemaVersion":1}', DEFAULTS],
    ['\uFEFF{"schemaVersion":1}', DEFAULTS],
    [
      '{"schemaVersion":1,"settings":{"lang":"zh-CN","days":90}}',
      { ...DEFAULTS, settings: { lang: 'zh-CN', days: 90 } },
    ],
    [JSON.stringify({ schemaVersion: 1, profiles: { nurse } }), { ...DEFAULTS, profiles: { nurse } }],
  ])('understands %j', (text, config) => {
    expect(storeWith(text).store.read()).toMatchObject(config);
  });

  const unusable = [
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"schemaVersion":"1"}',
    '{"schemaVersion":0}',
    '{"schemaVersion":2}',
    '{"schemaVersion":1,"currentProfile":1}',
    '{"schemaVersion":1,"profiles":[]}',
    '{"schemaVersion":1,"profiles":{"a":{"portal":"https://portal.example","username":"a"}}}',
    '{"schemaVersion":1,"profiles":{"a":{"portal":"https://portal.example","username":"a","store":"plain"}}}',
    '{"schemaVersion":1,"settings":[]}',
    '{"schemaVersion":1,"settings":{"lang":"fr"}}',
    '{"schemaVersion":1,"settings":{"days":"90"}}',
    '{"schemaVersion":1,"settings":{"days":0}}',
  ];

  it.each(unusable)('refuses %j and leaves it as it is', async (text) => {
    const { store, folder, text: now } = storeWith(text);
    const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' });
    expect(() => store.read()).toThrow(invalid);
    await expect(store.update((config) => config)).rejects.toEqual(invalid);
    expect(now()).toBe(text);
    expect(readdirSync(folder)).toEqual(['config.json']);
  });

  it('names what is wrong', () => {
    expect(() => storeWith(unusable.at(-2)).store.read()).toThrow(
      expect.objectContaining({
        params: expect.objectContaining({ detail: 'wrong-value', at: 'settings.days' }),
      }),
    );
  });
});

describe('changing the settings', () => {
  it('creates a file that only its owner can read', async () => {
    const { store, folder, text } = storeWith();
    await store.update((config) => ({ ...config, currentProfile: 'nurse', profiles: { nurse } }));
    expect(JSON.parse(text())).toEqual({
      schemaVersion: 1,
      currentProfile: 'nurse',
      profiles: { nurse },
      settings: {},
    });
    expect(createConfigStore(folder, realLocking()).read()).toMatchObject({
      currentProfile: 'nurse',
      profiles: { nurse },
      settings: {},
    });
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'locks']);
    if (!POSIX) return;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(store.path).mode & 0o777).toBe(0o600);
  });

  it('makes a file private that was not', async () => {
    const { store } = storeWith('{"schemaVersion":1}');
    await store.update((config) => config);
    if (POSIX) expect(statSync(store.path).mode & 0o777).toBe(0o600);
  });

  it('keeps what another cert wrote: changes of another terminal, members of another version', async () => {
    const { store, folder, text } = storeWith('{"schemaVersion":1,"novelty":1,"settings":{"colour":"red"}}');
    const other = createConfigStore(folder, realLocking());
    await other.update((config) => ({ ...config, settings: { ...config.settings, days: 30 } }));
    await store.update((config) => ({ ...config, settings: { ...config.settings, output: '/certificates' } }));
    expect(JSON.parse(text())).toMatchObject({
      novelty: 1,
      settings: { colour: 'red', days: 30, output: '/certificates' },
    });
  });

  it('removes what is left out', async () => {
    const { store } = storeWith('{"schemaVersion":1,"currentProfile":"a","settings":{"days":30}}');
    await store.update(({ currentProfile: _, ...config }) => ({ ...config, currentProfile: null, settings: {} }));
    expect(store.read()).toMatchObject(DEFAULTS);
    expect(store.read().settings).toEqual({});
  });

  it('loses nothing of many changes at once', async () => {
    const { store } = storeWith();
    const names = Array.from({ length: 20 }, (_, at) => `user_${at}`);
    await Promise.all(
      names.map((name) => store.update((now) => ({ ...now, profiles: { ...now.profiles, [name]: nurse } }))),
    );
    expect(Object.keys(store.read().profiles).sort()).toEqual(names.sort());
  });

  it('says so where the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const store = createConfigStore(join(file, 'cert'), realLocking());
    await expect(store.update((config) => config)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      params: { path: store.path },
    });
  });

  it.runIf(process.platform === 'linux')('says so where the file cannot be made', async () => {
    await expect(createConfigStore('/proc', realLocking()).update((config) => config)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
    });
  });
});
