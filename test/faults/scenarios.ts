/** What can go wrong while `cert get` submits, waits and saves. Each is done once; then the same command runs again. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteName } from '../../src/portal/contract/routes.ts';
import type { World } from './world.ts';

/** A number in [0, 1). */
export type Random = () => number;

export interface Scenario {
  readonly name: string;
  /** Runs `cert get` under the fault, as often as the fault wants. */
  run(world: World, random: Random): Promise<void>;
  /** Undoes what would make every later run fail too. */
  repair?(world: World): Promise<void>;
}

const ROUTES: readonly RouteName[] = [
  'logIn',
  'meta',
  'certificates',
  'annotations',
  'submitAnnotation',
  'annotation',
  'annotationFile',
];

const killed = (world: World, kill: (end: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const child = world.start();
    child.once('close', () => resolve());
    kill(() => child.kill('SIGKILL'));
  });

const PATHS: Readonly<Record<string, RegExp>> = {
  login: /\/sessions$/,
  list: /\/certificates$/,
  'list of annotations': /\/annotations$/,
  'wait for the copy': /\/annotations\/[^/]+$/,
  file: /\/file$/,
};

/** SIGKILL at the moment at which the portal has received, or has answered, a request. */
const killAt = (name: string, method: string, path: RegExp, moment: 'before' | 'after'): Scenario => ({
  name: `kill ${moment} ${name}`,
  run: (world) =>
    killed(world, (end) => {
      world.watch = (when, request) => {
        if (when === moment && request.method === method && path.test(new URL(request.url).pathname)) end();
      };
    }),
});

const serverFault = (kind: string, route: RouteName, more: object = {}): Scenario => ({
  name: `${kind}${'status' in more ? ` ${more.status}` : ''} ${route}`,
  run: async (world, random) => {
    const times = 1 + Math.floor(random() * 6);
    await world.control('POST', '/faults', { route, kind, times, ...more, afterBytes: Math.floor(random() * 20_000) });
    await world.get();
  },
});

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** A folder in which nothing can be created. The superuser may write anywhere, so `cert` runs as somebody else. */
const readOnly = (name: string, folder: string): Scenario => ({
  name,
  run: async (world) => {
    const path = join(world.folder, folder);
    mkdirSync(path, { recursive: true });
    chmodSync(world.folder, 0o755);
    chmodSync(path, 0o555);
    await world.get(isRoot ? { uid: NOBODY } : {});
  },
  repair: async (world) => chmodSync(join(world.folder, folder), 0o700),
});

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'kill at any time',
    run: (world, random) => killed(world, (end) => setTimeout(end, random() * 600)),
  },
  killAt('submission', 'POST', /\/annotations$/, 'before'),
  killAt('submission', 'POST', /\/annotations$/, 'after'),
  ...Object.entries(PATHS).flatMap(([name, path]) =>
    (['before', 'after'] as const).map((moment) => killAt(name, name === 'login' ? 'POST' : 'GET', path, moment)),
  ),
  ...ROUTES.flatMap((route) => [
    serverFault('drop-before', route),
    serverFault('drop-after', route),
    serverFault('status', route, { status: 500 }),
    serverFault('status', route, { status: 502 }),
    serverFault('status', route, { status: 503, retryAfterSeconds: 1 }),
    serverFault('status', route, { status: 429, retryAfterSeconds: 1 }),
    serverFault('garbage', route),
    serverFault('cut', route),
  ]),
  serverFault('corrupt', 'annotationFile'),
  serverFault('html', 'annotationFile'),
  serverFault('html', 'submitAnnotation'),
  serverFault('empty', 'submitAnnotation'),
  {
    name: 'disk full',
    run: async (world, random) => void (await world.get({ limit: `ulimit -f ${Math.floor(random() * 40)}` })),
  },
  readOnly('state folder read-only', 'state'),
  readOnly('target folder read-only', '.'),
  { name: 'two at once', run: async (world) => void (await Promise.all([world.get(), world.get()])) },
  {
    name: 'session expired in the middle',
    run: async (world, random) => {
      const wanted = Math.floor(random() * 6);
      let seen = 0;
      world.watch = (when) => {
        if (when === 'before' && seen++ === wanted) void world.control('DELETE', '/sessions');
      };
      await world.get();
    },
  },
  {
    name: 'clock of the portal forward',
    run: async (world, random) => {
      await killed(world, (end) => setTimeout(end, 200 + random() * 300));
      await world.control('POST', '/clock', { advanceMs: random() * 3 * 86_400_000 });
    },
  },
  {
    name: 'clock of the portal back',
    run: async (world, random) => {
      await killed(world, (end) => setTimeout(end, 200 + random() * 300));
      await world.control('POST', '/clock', { advanceMs: -random() * 3_600_000 });
    },
  },
];
