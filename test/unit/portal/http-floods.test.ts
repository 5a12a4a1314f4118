/** Answers that keep `cert` busy without saying anything, over real connections. The limit is short, and nothing else is. */
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../../src/contract/routes.ts';
import { EXIT } from '../../../src/errors.ts';
import { createHttp } from '../../../src/portal/http.ts';
import { createUndiciFetch } from '../../../src/portal/undici.ts';
import { failureOf, fakeClock } from '../../support/fake-fetch.ts';
import { rawServer } from '../../support/http-servers.ts';

const to = (origin: string, route: Route) => ({ url: `${origin}/x`, headers: {}, subject: { route } });

/** An answer is given up after so long. */
async function httpWithin(answerMs: number) {
  const fetch = await createUndiciFetch();
  const signal = new AbortController().signal;
  return createHttp({ fetch, clock: fakeClock(), random: () => 0, signal, limits: { answerMs, fileMs: 60_000 } });
}

/** The same piece again and again, as fast as it is taken. */
function flood(socket: Socket, piece: string): void {
  const pieces = piece.repeat(Math.ceil(65_536 / piece.length));
  const pour = () => {
    while (socket.writable && socket.write(pieces));
  };
  socket.on('drain', pour);
  pour();
}

/** The same piece now and then. */
function drip(socket: Socket, piece: string): void {
  const pieces = setInterval(() => socket.write(piece), 20);
  socket.once('close', () => clearInterval(pieces));
}

const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n';

const ENDLESS: Record<string, (socket: Socket) => void> = {
  'a status line that drips': (socket) => {
    socket.write('HTTP/1.1 200 ');
    drip(socket, 'O');
  },
  'a header that drips': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-a: ');
    drip(socket, 'y');
  },
  'headers that drip': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    drip(socket, 'x-a: y\r\n');
  },
  'interim answers that drip': (socket) => drip(socket, EARLY_HINTS),
  'a flood of interim answers': (socket) => flood(socket, EARLY_HINTS),
  'a body that drips': (socket) => {
    socket.write(`${JSON_HEAD}content-length: 99999\r\n\r\n`);
    drip(socket, ' ');
  },
  'a body that drips by the kilobyte': (socket) => {
    socket.write(`${JSON_HEAD}content-length: 8000000\r\n\r\n`);
    drip(socket, ' '.repeat(1024));
  },
  'a flood of pieces of a byte': (socket) => {
    socket.write(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`);
    flood(socket, '1\r\n \r\n');
  },
  'a piece whose length has no end': (socket) => {
    socket.write(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n1;`);
    flood(socket, 'x');
  },
};

describe.each(Object.entries(ENDLESS))('%s', (_, talk) => {
  it.each([['json'], ['open']] as const)('ends with the time for an answer (%s)', async (method) => {
    const origin = await rawServer(talk);
    const http = await httpWithin(300);
    const route = method === 'json' ? ROUTES.certificates : ROUTES.certificateFile;
    const answer = async () => {
      const given = await http[method](to(origin, route));
      if (method === 'open') for await (const _ of given.body as AsyncIterable<Uint8Array>);
    };
    expect(await failureOf(answer())).toMatchObject({ code: 'TIMED_OUT', exit: EXIT.unavailable });
  });
});

describe('a flood that has an end', () => {
  it.each<[string, string, string]>([
    ['of headers', 'HTTP/1.1 200 OK\r\n', 'x-a: yyyyyyyyyyyyyyyy\r\n'],
    ['of trailers', `${JSON_HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n`, 'x-a: yyyyyyyyyyyyyyyy\r\n'],
    ['of blanks', `${JSON_HEAD}\r\n`, ' '],
    ['of HTML', 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n', '<p>'],
  ])('is not read to it: %s', async (_, first, piece) => {
    const origin = await rawServer((socket) => {
      socket.write(first);
      flood(socket, piece);
    });
    const http = await httpWithin(30_000);
    expect(await failureOf(http.json(to(origin, ROUTES.certificates)))).toMatchObject({
      code: 'PORTAL_PROTOCOL',
      exit: EXIT.unavailable,
    });
  });
});

it('a body in pieces of a byte is read all the same', async () => {
  const text = JSON.stringify({ text: '中'.repeat(30_000) });
  const origin = await rawServer((socket) => {
    socket.write(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`);
    const pieces = [...Buffer.from(text)].flatMap((byte) => [
      Buffer.from('1\r\n'),
      Buffer.from([byte]),
      Buffer.from('\r\n'),
    ]);
    socket.end(Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]));
  });
  const { body } = await (await httpWithin(30_000)).json(to(origin, ROUTES.certificates));
  expect(body).toEqual(JSON.parse(text));
});
