/** The sandbox portal in msw: real routes and rules, no sockets, a clock that tests move. */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Annotation } from '../../src/contract/schemas.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/create-sandbox.ts';
import { isDropped } from '../../src/sandbox/faults.ts';

export const ORIGIN = 'https://portal.test';
const START = '2026-11-24T10:00:00+08:00';

export interface TestClock {
  now(): Date;
  /** Lets the time pass in a moment, in which another `cert` can go on. */
  sleep(ms: number): Promise<void>;
}

export function testClock(start: string = START): TestClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += ms;
      // The polls of a lock are the short ones: whoever holds it really works.
      await new Promise((resolve) => setTimeout(resolve, ms > 0 && ms <= 250 ? 20 : 1));
    },
  };
}

/** What the sandbox tells about itself, for assertions. */
interface SandboxState {
  readonly annotations: Annotation[];
  readonly received: { readonly submissions: number; readonly logIns: Readonly<Record<string, number>> };
}

export interface MountedSandbox {
  readonly clock: TestClock;
  /** Calls a `/sandbox/*` control. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  state(): Promise<SandboxState>;
}

/** A fresh sandbox at {@link ORIGIN} for every test of the file; any other request fails the test. */
export function useSandbox(options: Partial<SandboxOptions> = {}): MountedSandbox {
  let clock = testClock();
  let sandbox: Sandbox;
  const server = setupServer(
    http.all(`${ORIGIN}/*`, async ({ request }) => {
      const response = await sandbox.handle(request);
      return isDropped(response) ? HttpResponse.error() : response;
    }),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    clock = testClock();
    let serial = 0;
    const newId = () => `${String(++serial).padStart(8, '0')}-0000-4000-8000-000000000000`;
    sandbox = createSandbox({ now: () => clock.now(), newId, ...options });
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const control: MountedSandbox['control'] = async (method, path, body) => {
    const init = method === 'POST' ? { method, body: JSON.stringify(body ?? {}) } : { method };
    const response = await sandbox.handle(new Request(`${ORIGIN}/sandbox${path}`, init));
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    get clock() {
      return clock;
    },
    control,
    state: async () => (await control('GET', '/state')) as SandboxState,
  };
}
