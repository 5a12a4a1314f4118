/** A portal over real HTTP whose every request can be watched and broken, and `cert` as a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Meta } from '../../src/contract/schemas.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { isDropped } from '../../src/sandbox/faults.ts';
import { type Between, nothingBetween } from './between.ts';

const BIN = fileURLToPath(new URL('../../bin/cert.cjs', import.meta.url));
const CERTIFICATE = 'c-nurse-2023';
const HOUR_MS = 3_600_000;

export interface World {
  readonly folder: string;
  /** Called before and after each request is served. */
  watch: (moment: 'before' | 'after', request: Request) => void;
  /** What is between `cert` and the portal. */
  between: Between;
  /** Addresses of the portal, all of them its own. */
  readonly spellings: readonly string[];
  /** The one that the next run is given. */
  spelling: string;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs the command to its end and gives its exit code; -1 when it was killed. */
  run(options?: RunOptions): Promise<number>;
  start(options?: RunOptions): ChildProcess;
  /** Ends a run with SIGKILL, and whatever it runs under with it. */
  kill(run: ChildProcess): void;
  /** The annotations of the certificate at the portal. */
  annotations(): Promise<string[]>;
  /** Puts a small disk of its own under a folder and what is in it, until the world is closed. */
  mount(folder: string, bytes: number): void;
  /** Whether the saved file is there, and whole: that of the latest annotation, or an earlier one. */
  file(): Promise<'absent' | 'whole' | 'earlier' | 'broken'>;
  close(): Promise<void>;
}

interface RunOptions {
  /** Put before the command line: a shell's limit, or `faketime -f +3d`. */
  readonly limit?: string;
  readonly under?: readonly string[];
  readonly uid?: number;
  /** How long the command waits for the copy, in place of 30 s. */
  readonly timeout?: string;
  /** In place of the command. */
  readonly words?: readonly string[];
}

/** The commands that spend slots. */
const COMMANDS = {
  get: (target: string) => ['get', CERTIFICATE, '--yes', '--json', '-o', target, '--timeout', '30s'],
  annotate: () => ['annotate', CERTIFICATE, '--yes', '--json', '--wait', '--timeout', '30s'],
  renew: () => ['renew', '--json', '--jitter', '0s', '--timeout', '30s'],
} as const;

interface WorldOptions {
  readonly command: keyof typeof COMMANDS;
  readonly generateAfterMs: number;
  readonly features: Partial<Meta['features']>;
}

/** Further addresses of this machine; where one cannot be had, the portal does without. */
const OTHER_HOSTS = ['127.0.0.2', '::1'];

/** One portal at several addresses with one port. */
async function listening(listener: RequestListener) {
  const listen = (port: number, host: string) =>
    new Promise<Server | undefined>((resolve) => {
      const server = createServer(listener).listen(port, host);
      server.once('listening', () => resolve(server)).once('error', () => resolve(undefined));
    });
  const first = await listen(0, '127.0.0.1');
  if (first === undefined) throw new Error('nothing can listen on 127.0.0.1');
  const { port } = first.address() as AddressInfo;
  const others = await Promise.all(OTHER_HOSTS.map((host) => listen(port, host)));
  const more = others.flatMap((server) => (server ? `http://${hostOf(server)}:${port}` : []));
  const spellings = [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://LOCALHOST:${port}/`, ...more];
  return { servers: [first, ...others.flatMap((server) => server ?? [])], spellings };
}

const hostOf = (server: Server): string => {
  const { address, family } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]` : address;
};

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export async function openWorld({ command, generateAfterMs, features }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'cert-faults-'));
  const sandbox = createSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), generateAfterMs, features });
  const listener = getRequestListener(
    async (request, env) => {
      world.watch('before', request);
      const response = await world.between(request, (passed) => sandbox.handle(passed));
      world.watch('after', request);
      if (isDropped(response)) (env as { incoming: IncomingMessage }).incoming.socket.destroy();
      return response;
    },
    { errorHandler: () => new Response(null, { status: 500 }) },
  );
  const { servers, spellings } = await listening(listener);
  const [url = ''] = spellings;
  const target = join(folder, 'certificate.pdf');
  const mounted: string[] = [];
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    CERT_CONFIG_DIR: join(folder, 'config'),
    CERT_STATE_DIR: join(folder, 'state'),
    CERT_USERNAME: 'demo_nurse',
    CERT_PASSWORD: 'Sandbox2026',
  };
  const control: World['control'] = async (method, path, body) => {
    const init = method === 'POST' ? { method, body: JSON.stringify(body ?? {}) } : { method };
    return (await sandbox.handle(new Request(`${url}/sandbox${path}`, init))).json();
  };
  const start: World['start'] = ({
    limit,
    under = [],
    uid,
    timeout = '30s',
    words = COMMANDS[command](target),
  } = {}) => {
    const shell = limit === undefined ? [] : ['sh', '-c', `${limit}; exec "$@"`, 'sh'];
    const [program = '', ...args] = [
      ...shell,
      ...under,
      process.execPath,
      BIN,
      ...words.map((word) => (word === '30s' ? timeout : word)),
    ];
    const identity = uid === undefined ? {} : { uid, gid: uid };
    const given = { ...env, CERT_PORTAL: world.spelling };
    return spawn(program, args, { env: given, cwd: tmpdir(), stdio: 'ignore', detached: true, ...identity });
  };
  const world: World = {
    folder,
    watch: () => {},
    between: nothingBetween,
    spellings,
    spelling: url,
    control,
    start,
    kill: ({ pid }) => {
      if (pid === undefined) return;
      try {
        process.kill(-pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
    run: (options) =>
      new Promise((resolve, reject) => {
        const child = start(options);
        child.once('error', reject);
        child.once('close', (code) => resolve(code ?? -1));
      }),
    mount: (path, bytes) => {
      const aside = `${path}-aside`;
      cpSync(path, aside, { recursive: true });
      spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
      cpSync(aside, path, { recursive: true });
      mounted.push(path);
    },
    annotations: async () => {
      const { annotations } = (await control('GET', '/state')) as {
        annotations: { id: string; certificateId: string }[];
      };
      return annotations.filter(({ certificateId }) => certificateId === CERTIFICATE).map(({ id }) => id);
    },
    file: async () => {
      if (!existsSync(target)) return 'absent';
      const actual = digest(readFileSync(target));
      // The portal's clock may have been set to before the file was ready.
      await control('POST', '/clock', { advanceMs: HOUR_MS });
      const [latest, ...earlier] = await Promise.all((await world.annotations()).reverse().map(digestAt));
      await control('POST', '/clock', { advanceMs: -HOUR_MS });
      if (actual === latest) return 'whole';
      return earlier.includes(actual) ? 'earlier' : 'broken';
    },
    close: async () => {
      for (const server of servers)
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      for (const path of mounted) spawnSync('umount', [path]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const digestAt = async (id: string) => {
    const headers = { authorization: `Bearer ${await token()}` };
    const response = await sandbox.handle(new Request(`${url}/api/v1/annotations/${id}/file`, { headers }));
    return digest(Buffer.from(await response.arrayBuffer()));
  };
  const token = async () => {
    const body = JSON.stringify({ username: 'demo_nurse', password: 'Sandbox2026' });
    const response = await sandbox.handle(new Request(`${url}/api/v1/sessions`, { method: 'POST', body }));
    return ((await response.json()) as { accessToken: string }).accessToken;
  };
  // What `renew` finds: a copy that is about to expire.
  if (command === 'renew') await world.run({ words: [...COMMANDS.get(target), '--days', '5'] });
  return world;
}
