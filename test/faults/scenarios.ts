/** What can go wrong while `cert` submits, waits and saves. Each is done once; then the same command runs again. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteName } from '../../src/contract/routes.ts';
import { requireTool } from '../support/tools.ts';
import { IN_BETWEEN } from './in-between.ts';
import { killed, killedAt, killedOnTheWay, type Scenario } from './scenario.ts';

const ROUTES: readonly RouteName[] = [
  'logIn',
  'meta',
  'certificates',
  'annotations',
  'submitAnnotation',
  'annotation',
  'annotationFile',
];

const PATHS: Readonly<Record<string, RegExp>> = {
  login: /\/sessions$/,
  list: /\/certificates$/,
  'list of annotations': /\/annotations$/,
  'wait for the copy': /\/annotations\/[^/]+$/,
  file: /\/file$/,
};

const killAt = (name: string, method: string, path: RegExp, moment: 'before' | 'after'): Scenario => ({
  name: `kill ${moment} ${name}`,
  run: (world) => killedAt(world, method, path, moment),
});

const serverFault = (kind: string, route: RouteName, more: object = {}): Scenario => ({
  name: `${kind}${'status' in more ? ` ${more.status}` : ''} ${route}`,
  run: async (world, random) => {
    const times = 1 + Math.floor(random() * 6);
    await world.control('POST', '/faults', { route, kind, times, ...more, afterBytes: Math.floor(random() * 20_000) });
    return [await world.run()];
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
    return [await world.run(isRoot ? { uid: NOBODY } : {})];
  },
  repair: async (world) => chmodSync(join(world.folder, folder), 0o700),
});

const TMPFS_BYTES = 256 * 1024;

/** A disk of its own for the state folder, with room for a few bytes more. */
const fullDisk: Scenario = {
  name: 'disk of the state folder full',
  run: async (world, random) => {
    const path = join(world.folder, 'state');
    mkdirSync(path, { recursive: true });
    world.mount(path, TMPFS_BYTES);
    const { bavail, bsize } = statfsSync(path);
    writeFileSync(join(path, 'filler'), Buffer.alloc((bavail - 1 - Math.floor(random() * 8)) * bsize));
    return [await world.run()];
  },
  repair: async (world) => rmSync(join(world.folder, 'state', 'filler')),
};

/** Only the superuser may mount, and not in every container. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'cert-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder]).status === 0;
  if (isMounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return isMounted;
}

const portalClock = (direction: string, mostMs: number): Scenario => ({
  name: `clock of the portal ${direction}`,
  run: async (world, random) => {
    const codes = await killedOnTheWay(world, random);
    await world.control('POST', '/clock', { advanceMs: random() * mostMs });
    return codes;
  },
});

/** The run that is killed has another time than the run that follows. */
const machineClock = (direction: string, offset: string): Scenario => ({
  name: `clock of this machine ${direction}`,
  run: (world, random) => killedOnTheWay(world, random, { under: ['faketime', '-f', offset] }),
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
    run: async (world, random) => [await world.run({ limit: `ulimit -f ${Math.floor(random() * 40)}` })],
  },
  ...(canMount() ? [fullDisk] : []),
  readOnly('state folder read-only', 'state'),
  readOnly('target folder read-only', '.'),
  { name: 'two at once', run: (world) => Promise.all([world.run(), world.run()]) },
  {
    // Slow enough that, without a lock, the second would apply before the first application can be seen.
    name: 'two at once, slow portal',
    run: async (world) => {
      await world.control('POST', '/faults', { route: 'submitAnnotation', kind: 'slow', times: 2, delayMs: 1_500 });
      return Promise.all([world.run(), world.run()]);
    },
  },
  {
    name: 'session expired in the middle',
    run: async (world, random) => {
      const wanted = Math.floor(random() * 6);
      let seen = 0;
      world.watch = (when) => {
        if (when === 'before' && seen++ === wanted) void world.control('DELETE', '/sessions');
      };
      return [await world.run()];
    },
  },
  ...IN_BETWEEN,
  portalClock('forward', 3 * 86_400_000),
  portalClock('back', -20_000),
  ...(requireTool('faketime') ? [machineClock('forward', '+3d'), machineClock('back', '-2h')] : []),
];
