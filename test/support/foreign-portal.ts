import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHolderPortal, createHttp, createPortal } from '../../src/portal/client.ts';
import { createUndiciFetch } from '../../src/portal/undici.ts';
import type { HolderPortal } from '../../src/ports/holder-portal.ts';
import type { Portal } from '../../src/ports/portal.ts';
import { fakeClock } from './fake-fetch.ts';

export interface ForeignPortal {
  readonly portal: Portal;
  readonly holderPortal: HolderPortal;
  sent(): string[];
}

/** The clients of a portal that gives each request its answer, byte for byte, and the requests as they came. */
export async function foreignPortal(...answers: string[]): Promise<ForeignPortal> {
  const sent: string[] = [];
  const server = createServer((socket) => {
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      const [head = '', body] = received.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
      if (body === undefined || Buffer.byteLength(body) < length) return;
      socket.end(answers[sent.length] ?? '');
      sent.push(received);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttp({
    fetch: await createUndiciFetch(),
    clock: fakeClock(),
    random: () => 0,
    signal: new AbortController().signal,
  });
  const sessions = {
    current: async () => ({ accessToken: 'eyJ0.tok-en', source: 'none' }) as const,
    renew: async () => undefined,
  };
  const address = { http, origin: `http://${host}/gateway` };
  return {
    portal: createPortal(address),
    holderPortal: createHolderPortal({ ...address, sessions }),
    sent: () => sent.map((text) => text.replace(host, 'HOST')),
  };
}
