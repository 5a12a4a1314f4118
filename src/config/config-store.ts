/** The settings and profiles of this machine: one JSON file, read in one go, written atomically. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writing } from '../disk/file-error.ts';
import { placeOf, readText } from '../disk/read-text.ts';
import { CertError } from '../errors.ts';
import type { Config, ConfigStore } from '../ports/settings.ts';

const SCHEMA_VERSION = 1;

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
  schemaVersion: v.literal(SCHEMA_VERSION),
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

const newerFile = v.looseObject({ schemaVersion: v.pipe(v.number(), v.gtValue(SCHEMA_VERSION)) });

const DEFAULTS: Config = { currentProfile: null, profiles: {}, settings: {} };

/** Does work on the file at `path` while no other `cert` does. */
type Exclusively = (path: string, work: () => Promise<void>) => Promise<void>;

/** The store in `folder`, which is created by the first update for its owner only, like the file. */
export function createConfigStore(folder: string, exclusively: Exclusively = (_, work) => work()): ConfigStore {
  const path = join(folder, 'config.json');
  const read = () => readConfig(path);
  return {
    path,
    read,
    async update(change) {
      // What cannot be changed is refused before a folder is made.
      change(read());
      const { default: Conf } = await import('conf');
      await writing(path, () => mkdir(folder, { recursive: true, mode: 0o700 }));
      await exclusively(path, async () => {
        const conf = new Conf({
          cwd: folder,
          projectSuffix: '',
          clearInvalidConfig: false,
          configFileMode: 0o600,
          accessPropertiesByDotNotation: false,
          serialize: (value) => `${JSON.stringify(value, null, 2)}\n`,
          deserialize: parseJson,
        });
        const changed = { schemaVersion: SCHEMA_VERSION, ...change(read()) };
        await writing(path, async () => {
          conf.store = changed;
        });
      });
    },
  };
}

/** Editors of Windows may have put a byte-order mark in front. */
const parseJson = (text: string) => JSON.parse(text.replace(/^\uFEFF/, ''));

function readConfig(path: string): Config {
  const text = readText(path);
  if (text === undefined) return DEFAULTS;
  let content: unknown;
  try {
    content = parseJson(text);
  } catch (error) {
    throw new CertError('CONFIG_INVALID', { path, detail: 'not-json' }, { cause: error });
  }
  if (v.is(newerFile, content)) throw new CertError('CONFIG_INVALID', { path, detail: 'newer-version' });
  const result = v.safeParse(configFile, content);
  if (result.success) return result.output;
  throw new CertError('CONFIG_INVALID', { path, detail: 'wrong-value', ...placeOf(result.issues[0]) });
}
