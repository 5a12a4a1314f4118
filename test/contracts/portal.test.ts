import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { isDropped } from '../../src/sandbox/faults.ts';
import { type SandboxServer, serveSandbox } from '../../src/sandbox/serve.ts';
import { ORIGIN, testClock } from '../support/sandbox.ts';
import { portalContract } from './portal.ts';

const options = () => {
  const clock = testClock();
  return { now: () => clock.now(), newId: () => crypto.randomUUID() };
};

describe('the sandbox in msw', () => {
  const sandbox = createSandbox(options());
  const server = setupServer(
    http.all(`${ORIGIN}/*`, async ({ request }) => {
      const response = await sandbox.handle(request);
      return isDropped(response) ? HttpResponse.error() : response;
    }),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => server.close());
  portalContract(() => ({ request: (path, init) => fetch(ORIGIN + path, init) }));
});

describe('the sandbox over HTTP', () => {
  let server: SandboxServer;
  beforeAll(async () => {
    server = await serveSandbox({ ...options(), port: 0 });
  });
  afterAll(() => server.close());
  portalContract(() => ({ request: (path, init) => fetch(server.url + path, init) }));
});
