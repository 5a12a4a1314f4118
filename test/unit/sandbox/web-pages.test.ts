import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveSandbox } from '../../../src/sandbox/serve.ts';

async function served() {
  const server = await serveSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), port: 0 });
  onTestFinished(() => server.close());
  const port = Number(new URL(server.url).port);
  /** Sends bytes as they are, and gives the status of the answer and its text. */
  const raw = (line: string, headers: readonly string[] = [], body = '') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      let text = '';
      const all = [...headers, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
      const socket = connect(port, '127.0.0.1', () => socket.write(`${[line, ...all].join('\r\n')}\r\n\r\n${body}`));
      socket
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          text += chunk;
        })
        .once('error', reject)
        .once('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
    });
  const challenge = async () =>
    JSON.parse((await raw('GET /sandbox/state HTTP/1.1', [`Host: 127.0.0.1:${port}`])).text.split('\r\n\r\n')[1] ?? '')
      .challenge;
  return { port, raw, challenge };
}

describe('the controls over HTTP', () => {
  it.each(['127.0.0.1:PORT', '127.0.0.1', '127.200.3.4:80', 'localhost:PORT', 'LocalHost', '[::1]:PORT'])(
    'answer a program that calls them at %s',
    async (host) => {
      const { port, raw } = await served();
      const header = `Host: ${host.replace('PORT', String(port))}`;
      for (const line of ['GET /sandbox/state', 'HEAD /sandbox/state', 'GET /sandbox/trust-anchor'])
        expect((await raw(`${line} HTTP/1.1`, [header])).status, line).toBe(200);
      expect((await raw('POST /sandbox/reset HTTP/1.1', [header, 'Sec-Fetch-Site: none'], '{}')).status).toBe(200);
    },
  );

  const LOCAL = 'Host: 127.0.0.1';
  it.each([
    ['a name that was pointed at this machine', ['Host: evil.example']],
    ['such a name with a port', ['Host: evil.example:PORT']],
    ['a name that only begins like this machine', ['Host: 127.0.0.1.evil.example']],
    ['a name that only ends like it', ['Host: evil.localhost']],
    ['localhost with a dot', ['Host: localhost.']],
    ['every address', ['Host: 0.0.0.0:PORT']],
    ['an address of the network', ['Host: 192.168.1.2:PORT']],
    ['another site', [LOCAL, 'Origin: https://evil.example', 'Content-Type: text/plain']],
    ['no site that is named', [LOCAL, 'Origin: null']],
    ['its own pages', ['Host: 127.0.0.1:PORT', 'Origin: http://127.0.0.1:PORT']],
    ['a link of another site', [LOCAL, 'Sec-Fetch-Site: cross-site']],
    ['another port', [LOCAL, 'Sec-Fetch-Site: same-site']],
    ['the same origin', [LOCAL, 'Sec-Fetch-Site: same-origin']],
  ] as const)('refuse %s, and nothing happens', async (_, headers) => {
    const { port, raw, challenge } = await served();
    const sent = headers.map((header) => header.replaceAll('PORT', String(port)));
    const body = JSON.stringify({ challenge: 'sms' });
    for (const path of ['settings', '%73ettings', '/../sandbox/settings', 'unknown'])
      expect((await raw(`POST /sandbox/${path} HTTP/1.1`, sent, body)).status, path).toBe(403);
    expect((await raw('POST /%73andbox/settings HTTP/1.1', sent, body)).status).toBe(403);
    expect((await raw('POST /api/../sandbox/settings HTTP/1.1', sent, body)).status).toBe(403);
    for (const line of [
      'GET /sandbox/state',
      'HEAD /sandbox/state',
      'GET /sandbox/trust-anchor',
      'OPTIONS /sandbox/faults',
    ])
      expect((await raw(`${line} HTTP/1.1`, sent)).status, line).toBe(403);
    expect((await raw('GET /sandbox/state HTTP/1.1', sent)).text).not.toContain('demo_nurse');
    expect(await challenge()).toBe('none');
  });

  it.each([
    ['no Host', 'POST /sandbox/settings HTTP/1.1', []],
    ['no Host in HTTP/1.0', 'POST /sandbox/settings HTTP/1.0', []],
    ['an empty Host', 'POST /sandbox/settings HTTP/1.1', ['Host:']],
    ['a user name in Host', 'POST /sandbox/settings HTTP/1.1', ['Host: evil@127.0.0.1']],
    ['this machine as IPv4 in IPv6', 'POST /sandbox/settings HTTP/1.1', ['Host: [::ffff:127.0.0.1]']],
    ['a path in Host', 'POST /sandbox/settings HTTP/1.1', ['Host: 127.0.0.1/evil']],
    ['a foreign absolute address', 'POST http://evil.example/sandbox/settings HTTP/1.1', [LOCAL]],
    [
      'an absolute address and a foreign Host',
      'POST http://127.0.0.1/sandbox/settings HTTP/1.1',
      ['Host: evil.example'],
    ],
  ])('do nothing with %s', async (_, line, headers) => {
    const { raw, challenge } = await served();
    const { status } = await raw(line, headers, JSON.stringify({ challenge: 'sms' }));
    expect([400, 403]).toContain(status);
    expect(await challenge()).toBe('none');
  });

  it('leave the API to gateways, which have names of their own', async () => {
    const { raw } = await served();
    const { status, text } = await raw('GET /api/v1/meta HTTP/1.1', [
      'Host: portal.example',
      'Origin: https://page.example',
    ]);
    expect(status).toBe(200);
    expect(text.toLowerCase()).not.toContain('access-control-allow');
  });
});
