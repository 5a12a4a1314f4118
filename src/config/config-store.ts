/** The settings and profiles of this machine: one JSON file, read in one go, written by `conf`. */
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Locking } from '../disk/exclusive.ts';
import { JsonFile, jsonText, parseJson, readJsonFile } from '../disk/json-file.ts';
import type { Config, ConfigStore } from '../ports/settings.ts';

/** The object schemas of valibot take an array for an object without members. */
const members = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Invalid type: Expected an object',
);

const profile = v.looseObject({
  portal: v.string(),
  username: v.string(),
  store: v.picklist(['keychain', 'file', 'none']),
  keeps: v.exactOptional(v.picklist(['password', 'session', 'nothing'])),
});

/** Members that another version of `cert` added are carried along. */
const configFile = v.looseObject({
  currentProfile: v.exactOptional(v.nullable(v.string()), null),
  profiles: v.exactOptional(v.pipe(members, v.record(v.string(), profile)), {}),
  settings: v.exactOptional(
    v.pipe(
      members,
      v.looseObject({
        lang: v.exactOptional(v.picklist(['en', 'zh-CN'])),
        portal: v.exactOptional(v.string()),
        days: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
        output: v.exactOptional(v.string()),
      }),
    ),
    {},
  ),
});

const DEFAULTS: Config = { currentProfile: null, profiles: {}, settings: {} };

const contentOf = (folder: string) => ({
  path: join(folder, 'config.json'),
  version: 1,
  schema: configFile,
  empty: DEFAULTS,
});

/** What is in the settings of `folder`. @throws CertError CONFIG_INVALID */
export const readConfig = (folder: string): Config => readJsonFile<Config>(contentOf(folder));

/** The store in `folder`, which is created by the first update for its owner only, like the file. */
export function createConfigStore(folder: string, locking: Locking): ConfigStore {
  const content = contentOf(folder);
  const write = (changed: object) => writeWithConf(content.path, changed);
  const file = new JsonFile<Config>({ ...content, lockName: 'config', locking, write });
  return {
    path: file.path,
    read: () => file.read(),
    ensureWritable: () => file.ensureWritable(),
    update: (change) => file.update(change),
  };
}

async function writeWithConf(path: string, content: object): Promise<void> {
  const { default: Conf } = await import('conf');
  const conf = new Conf({
    cwd: dirname(path),
    projectSuffix: '',
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    serialize: jsonText,
    deserialize: (text) => parseJson(text) as Record<string, unknown>,
  });
  conf.store = { ...content };
}
