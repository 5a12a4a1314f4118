import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../../src/contract/routes.ts';
import { CertError } from '../../../src/errors.ts';
import type { AnswerLimits } from '../../../src/portal/exchange.ts';
import { createHttp } from '../../../src/portal/http.ts';
import { createUndiciFetch, type UndiciOptions } from '../../../src/portal/undici.ts';
import { failureOf, fakeClock } from '../../support/fake-fetch.ts';
import { closedPort, httpServer, rawServer } from '../../support/http-servers.ts';

const LIMITS = { answerMs: 10_000, fileMs: 10_000 };

interface Given {
  readonly undici?: UndiciOptions;
  readonly limits?: Partial<AnswerLimits>;
  readonly signal?: AbortSignal;
}

/** The real HTTP over real connections. Retries do not wait. */
async function realHttp({ undici, limits, signal = new AbortController().signal }: Given = {}) {
  const fetch = await createUndiciFetch(undici);
  return createHttp({ fetch, clock: fakeClock(), random: () => 0, signal, limits: { ...LIMITS, ...limits } });
}

const get = (origin: string, route: Route = ROUTES.meta) => ({ url: `${origin}/x`, headers: {}, subject: { route } });
const post = (origin: string) => ({ ...get(origin, ROUTES.logIn), body: '{}' });

const failing = async (origin: string, given?: Given) => failureOf((await realHttp(given)).json(get(origin)));

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const head = (...lines: string[]) => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

describe('an answer', () => {
  it.each([
    ['of a known length', true],
    ['in chunks', false],
  ])('%s is read whole', async (_, sized) => {
    const text = JSON.stringify({ text: '中'.repeat(100_000) });
    const origin = await httpServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      if (sized) response.setHeader('content-length', Buffer.byteLength(text));
      response.write(text.slice(0, 10));
      response.end(text.slice(10));
    });
    expect((await (await realHttp()).json(get(origin))).body).toEqual(JSON.parse(text));
  });

  it('comes with its status and its headers in lower case, several values in one', async () => {
    const origin = await httpServer((_, response) => {
      response.writeHead(200, { ETag: '"1"', 'X-Many': ['a', 'b'] }).end('PDF');
    });
    const answer = await (await realHttp()).open(get(origin));
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"', 'x-many': 'a, b' } });
    expect(await read(answer.body)).toBe('PDF');
  });

  it('to a request with a body', async () => {
    const origin = await httpServer(async (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, url: request.url, body: await read(request) }));
    });
    const answer = await (await realHttp()).json(post(origin));
    expect(answer.body).toEqual({ method: 'POST', url: '/x', body: '{}' });
  });

  it('leaves the connection for the next request, after an error too', async () => {
    const ports = new Set<number | undefined>();
    const origin = await httpServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(404, { 'content-type': 'text/html' }).end('x'.repeat(100_000));
    });
    const http = await realHttp();
    for (let round = 0; round < 10; round += 1) await failureOf(http.json(get(origin)));
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe('a connection', () => {
  it('that is refused', async () => {
    const origin = await closedPort();
    expect(await failing(origin)).toMatchObject({ code: 'CONNECTION_REFUSED', params: { host: new URL(origin).host } });
  });

  it('to a name that nobody has', async () => {
    const error = await failing('https://no-such-host.invalid', { undici: { connectTimeoutMs: 2_000 } });
    expect(error.code).toBe('DNS_FAILED');
  });

  it.each<[string, (socket: Socket) => void]>([
    ['before the answer', (socket) => socket.destroy()],
    ['with a reset', (socket) => socket.resetAndDestroy()],
    ['amid the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')],
    ['amid the body', (socket) => socket.end(`${head('content-type: application/json', 'content-length: 99')}{"a`)],
    [
      'amid a chunk',
      (socket) => socket.end(`${head('content-type: application/json', 'transfer-encoding: chunked')}9\r\n{"a`),
    ],
  ])('that ends %s is lost, and tried again for reading', async (_, talk) => {
    let connections = 0;
    const origin = await rawServer((socket) => {
      connections += 1;
      talk(socket);
    });
    expect((await failing(origin)).code).toBe('CONNECTION_LOST');
    expect(connections).toBe(4);
  });

  it('is tried once for a login', async () => {
    let connections = 0;
    const origin = await rawServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    expect((await failureOf((await realHttp()).json(post(origin)))).code).toBe('CONNECTION_LOST');
    expect(connections).toBe(1);
  });

  it.each([
    ['closes', (socket: Socket) => socket.end()],
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
  ])(
    'that was used before, and that the server %s once it has read the request, carries no POST twice',
    async (_, close) => {
      const received: string[] = [];
      const origin = await httpServer((request, response) => {
        received.push(request.method ?? '');
        if (request.method === 'POST') request.resume().once('end', () => close(request.socket));
        else response.setHeader('content-type', 'application/json').end('{}');
      });
      const http = await realHttp();
      for (let round = 0; round < 3; round += 1) {
        await http.json(get(origin));
        expect((await failureOf(http.json(post(origin)))).code).toBe('CONNECTION_LOST');
      }
      expect(received).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
    },
  );

  it('that ends amid a file is lost while the file is read', async () => {
    const origin = await rawServer((socket) => {
      socket.write(`${head('content-type: application/pdf', 'content-length: 99')}%PDF`);
      setImmediate(() => socket.resetAndDestroy());
    });
    const answer = await (await realHttp()).open(get(origin));
    expect((await failureOf(read(answer.body))).code).toBe('CONNECTION_LOST');
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['garbage', '\u0000\u0001\u0002 garbage'],
    ['a length that is none', head('content-length: many')],
  ])('that speaks %s is no portal', async (_, greeting) => {
    const origin = await rawServer((socket) => socket.end(greeting));
    expect((await failing(origin)).code).toBe('PORTAL_PROTOCOL');
  });

  it('whose headers do not end is no portal', async () => {
    const origin = await rawServer((socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`));
    expect(await failing(origin)).toMatchObject({ code: 'PORTAL_PROTOCOL', params: { fault: { kind: 'headers' } } });
  });
});

describe('a time limit', () => {
  const silent = () => rawServer(() => undefined);
  const slow = (type: string) =>
    rawServer((socket) => {
      socket.write(head(`content-type: ${type}`, 'content-length: 99'));
      const drip = setInterval(() => socket.write(' '), 10);
      socket.once('close', () => clearInterval(drip));
    });

  it('ends a request that gets no headers', async () => {
    const http = await realHttp({ undici: { headersTimeoutMs: 100 } });
    expect((await failureOf(http.json(post(await silent())))).code).toBe('TIMED_OUT');
  });

  it('ends a request that gets no body', async () => {
    const origin = await rawServer((socket) =>
      socket.write(head('content-type: application/json', 'content-length: 9')),
    );
    const http = await realHttp({ undici: { bodyTimeoutMs: 100 } });
    expect((await failureOf(http.json(post(origin)))).code).toBe('TIMED_OUT');
  });

  it('ends a request that is not answered in all', async () => {
    const http = await realHttp({ limits: { answerMs: 100 } });
    expect((await failureOf(http.json(post(await silent())))).code).toBe('TIMED_OUT');
  });

  it('ends an answer that never gets done', async () => {
    const http = await realHttp({ limits: { answerMs: 100 } });
    expect((await failureOf(http.json(post(await slow('application/json'))))).code).toBe('TIMED_OUT');
  });

  it('ends a file that never gets done', async () => {
    const http = await realHttp({ limits: { fileMs: 100 } });
    const answer = await http.open(get(await slow('application/pdf')));
    expect((await failureOf(read(answer.body))).code).toBe('TIMED_OUT');
  });
});

describe('the end of cert', () => {
  const ending = () => {
    const controller = new AbortController();
    return { signal: controller.signal, end: () => controller.abort(new CertError('INTERRUPTED', {})) };
  };

  it('ends a request that waits for its answer', async () => {
    const { signal, end } = ending();
    const origin = await rawServer(end);
    expect((await failing(origin, { signal })).code).toBe('INTERRUPTED');
  });

  it('ends a request that is not connected yet', async () => {
    const { signal, end } = ending();
    const fetch = await createUndiciFetch();
    const request = fetch({ method: 'GET', url: 'http://127.0.0.1:9', headers: {}, signal });
    end();
    expect((await failureOf(request)).code).toBe('INTERRUPTED');
  });

  it('ends a file on its way', async () => {
    const { signal, end } = ending();
    const origin = await rawServer((socket) => socket.write(`${head('content-length: 99')}%PDF`));
    const answer = await (await realHttp({ signal })).open(get(origin));
    const reading = failureOf(read(answer.body));
    end();
    expect((await reading).code).toBe('INTERRUPTED');
  });

  it('closes the connection', async () => {
    const { signal, end } = ending();
    let closed: Promise<unknown> = Promise.resolve();
    const origin = await rawServer((socket) => {
      closed = once(socket, 'close');
      end();
    });
    await failing(origin, { signal });
    await closed;
  });
});
