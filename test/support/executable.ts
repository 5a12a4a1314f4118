/** The built executable as a process of its own, and a sandbox on HTTP for it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/create-sandbox.ts';
import { type SandboxServer, serveSandbox } from '../../src/sandbox/serve.ts';
import { requireNoSecrets } from './no-secrets.ts';

export const BIN = fileURLToPath(new URL('../../bin/cert.cjs', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  readonly json: any;
}

export interface RealWorld {
  readonly url: string;
  readonly folder: string;
  /** The environment of a user of the sandbox, and of nothing else of this machine. */
  env(username?: string, more?: Readonly<Record<string, string>>): Record<string, string>;
  cert(args: readonly string[], env: Readonly<Record<string, string>>, input?: string): Promise<Ended>;
}

export function useRealWorld(options: Partial<SandboxOptions> = {}): RealWorld {
  let server: SandboxServer;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cert-e2e-'));
    const newId = () => crypto.randomUUID();
    server = await serveSandbox({ now: () => new Date(), newId, generateAfterMs: 1_500, ...options, port: 0 });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get url() {
      return server.url;
    },
    get folder() {
      return folder;
    },
    env: (username, more = {}) => ({
      PATH: process.env.PATH ?? '',
      HOME: folder,
      LANG: 'C.UTF-8',
      CERT_CONFIG_DIR: join(folder, 'config'),
      CERT_STATE_DIR: join(folder, 'state'),
      CERT_PORTAL: server.url,
      ...(username === undefined ? {} : { CERT_USERNAME: username, CERT_PASSWORD: 'Sandbox2026' }),
      ...more,
    }),
    cert: (args, env, input = '') =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [BIN, ...args], { env, cwd: folder });
        let out = '';
        let err = '';
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        child.stderr.on('data', (chunk) => {
          err += chunk;
        });
        child.once('error', reject);
        child.once('close', (code) => {
          try {
            requireNoSecrets(out + err, { args, env, stdin: input });
          } catch (error) {
            reject(error);
          }
          resolve({
            code,
            out,
            err,
            get json() {
              return JSON.parse(out);
            },
          });
        });
        child.stdin.end(input);
      }),
  };
}
