import { execFile } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CertError } from '../../../src/errors.ts';
import { mayHaveArrived, transportFailure } from '../../../src/portal/failures.ts';
import type { ProxySettings } from '../../../src/portal/proxy.ts';
import { createUndiciFetch } from '../../../src/portal/undici.ts';
import { failureOf } from '../../support/fake-fetch.ts';
import { closedPort, httpServer, proxyServer, rawServer, selfSigned, tlsServer } from '../../support/http-servers.ts';
import { requireTool } from '../../support/tools.ts';

const HOST = 'portal.invalid';

async function requestOf(url: string, proxy: ProxySettings = {}) {
  const fetch = await createUndiciFetch({ proxy, connectTimeoutMs: 5_000, headersTimeoutMs: 1_000 });
  return fetch({ method: 'GET', url, headers: {}, signal: new AbortController().signal });
}

const failing = (url: string, proxy?: ProxySettings): Promise<CertError> =>
  failureOf(
    requestOf(url, proxy).catch((error) => {
      throw transportFailure(error, new URL(url).host, 0);
    }),
  );

const code = async (url: string, proxy?: ProxySettings) => (await failing(url, proxy)).code;

describe.skipIf(!requireTool('openssl'))('TLS', () => {
  it('refuses a certificate that nobody vouches for, before anything is sent', async () => {
    let requests = 0;
    const port = await tlsServer(selfSigned('localhost'), (_, response) => {
      requests += 1;
      response.end();
    });
    const error = await failing(`https://localhost:${port}`);
    expect(error).toMatchObject({ code: 'TLS_FAILED', params: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    expect(mayHaveArrived(error)).toBe(false);
    expect(requests).toBe(0);
  });

  it('refuses a server that does not speak it', async () => {
    const origin = await httpServer((_, response) => response.end());
    expect(await code(origin.replace('http:', 'https:'))).toBe('TLS_FAILED');
  });

  it.each([
    ['directly', false, 'localhost'],
    ['through a proxy', true, HOST],
  ])('trusts what NODE_EXTRA_CA_CERTS adds, %s', async (_, proxied, host) => {
    const identity = selfSigned(host);
    const port = await tlsServer(identity, (_request, response) => response.end('hello'));
    const proxy = await proxyServer({ port });
    const { stdout } = await fetchInOwnProcess(`https://${host}:${port}/`, {
      NODE_EXTRA_CA_CERTS: identity.certPath,
      ...(proxied ? { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } : {}),
    });
    expect(stdout).toBe('200 hello');
    expect(proxy.tunnels).toHaveLength(proxied ? 1 : 0);
  });

  it.each([
    ['directly', 'localhost', () => ({})],
    ['through a proxy', HOST, (proxy: number) => ({ HTTPS_PROXY: `http://127.0.0.1:${proxy}` })],
    ['of a proxy', HOST, (_: number, port: number) => ({ HTTPS_PROXY: `https://localhost:${port}` })],
  ])('refuses what nobody vouches for although NODE_TLS_REJECT_UNAUTHORIZED is 0, %s', async (_, host, way) => {
    let requests = 0;
    const port = await tlsServer(selfSigned(host === HOST ? 'localhost' : host), (_request, response) => {
      requests += 1;
      response.end('hello');
    });
    const proxy = await proxyServer({ port });
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', ...way(proxy.port, port) };
    const ended = fetchInOwnProcess(`https://${host}:${port}/`, env);
    await expect(ended).rejects.toMatchObject({ stderr: expect.stringContaining('SELF_SIGNED_CERT') });
    expect(requests).toBe(0);
  });

  it('refuses a certificate for another name through a proxy too', async () => {
    const port = await tlsServer(selfSigned('other.invalid'), (_, response) => response.end());
    const proxy = await proxyServer({ port });
    expect(await code(`https://${HOST}`, { httpsProxy: `http://127.0.0.1:${proxy.port}` })).toBe('TLS_FAILED');
    expect(proxy.tunnels).toEqual([{ host: `${HOST}:443`, authorization: undefined }]);
  });
});

describe('a proxy', () => {
  const at = (port: number, user = '') => `http://${user}127.0.0.1:${port}`;

  it.each([407, 403, 502])('that refuses the tunnel (%i)', async (refusal) => {
    const { port } = await proxyServer({ refusal });
    const error = await failing(`https://${HOST}`, { httpsProxy: at(port) });
    expect(error).toMatchObject({ code: 'PROXY_FAILED', params: { fault: { kind: 'status', status: refusal } } });
    expect(mayHaveArrived(error)).toBe(false);
  });

  it('that is not there is not mistaken for the portal', async () => {
    const error = await failing(`https://${HOST}`, { httpsProxy: await closedPort() });
    expect(error).toMatchObject({ code: 'PROXY_FAILED', params: { fault: { kind: 'system', code: 'ECONNREFUSED' } } });
    expect(mayHaveArrived(error)).toBe(false);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up', (socket) => socket.destroy()],
    ['is none', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    ['says nothing', () => undefined],
  ])('that %s is not mistaken for the portal', async (_, talk) => {
    const error = await failing(`https://${HOST}`, { httpsProxy: await rawServer(talk) });
    expect(error.code).toBe('PROXY_FAILED');
    expect(mayHaveArrived(error)).toBe(false);
  });

  it('is told its user name and password', async () => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    await failing(`https://${HOST}`, { httpsProxy: at(port, 'me:p%40ss@') });
    expect(tunnels[0]?.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });

  it('needs no scheme', async () => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    await failing(`https://${HOST}`, { httpsProxy: `127.0.0.1:${port}` });
    expect(tunnels).toHaveLength(1);
  });

  it('for http serves https where no other is named', async () => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    await failing(`https://${HOST}`, { httpProxy: at(port), httpsProxy: '' });
    expect(tunnels).toHaveLength(1);
  });

  it.each(['portal.invalid', '.invalid', 'a.example, portal.invalid:443', '*', 'PORTAL.INVALID'])(
    'is passed by where NO_PROXY is %s',
    async (noProxy) => {
      const { port, tunnels } = await proxyServer({ refusal: 403 });
      expect(await code(`https://${HOST}`, { httpsProxy: at(port), noProxy })).toBe('DNS_FAILED');
      expect(tunnels).toHaveLength(0);
    },
  );

  it.each(['', 'other.invalid', 'ortal.invalid', 'portal.invalid:8443'])(
    'is used where NO_PROXY is "%s"',
    async (noProxy) => {
      const { port, tunnels } = await proxyServer({ refusal: 403 });
      expect(await code(`https://${HOST}`, { httpsProxy: at(port), noProxy })).toBe('PROXY_FAILED');
      expect(tunnels).toHaveLength(1);
    },
  );

  it('is never asked for this machine itself', async () => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    const origin = await httpServer((_, response) => response.end());
    expect((await requestOf(origin, { httpProxy: at(port), httpsProxy: at(port) })).status).toBe(200);
    expect(tunnels).toHaveLength(0);
  });

  it.each([
    ['http://', 'address'],
    ['ftp://proxy.example', 'address'],
    ['http://me:%zz@proxy.example', 'address'],
    ['a b', 'address'],
    ['http://proxy.example:99999', 'address'],
    ['socks5://proxy.example:1080', 'socks'],
    ['SOCKS5H://me:secret@proxy.example', 'socks'],
    ['socks4a://proxy.example', 'socks'],
  ])('with the address "%s" is refused where it would be used', async (address, kind) => {
    const refused = { code: 'PROXY_FAILED', params: { fault: { kind } } };
    for (const proxy of [{ httpsProxy: address }, { httpProxy: address }]) {
      const error = await failing(`https://${HOST}`, proxy);
      expect(error).toMatchObject(refused);
      expect(mayHaveArrived(error)).toBe(false);
    }
    expect(await code(`https://${HOST}`, { httpsProxy: address, noProxy: HOST })).toBe('DNS_FAILED');
    const origin = await httpServer((_, response) => response.end());
    expect((await requestOf(origin, { httpProxy: address, httpsProxy: address })).status).toBe(200);
  });

  it('for http that cannot be used does not keep from the one for https', async () => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    await failing(`https://${HOST}`, { httpProxy: 'a b', httpsProxy: at(port) });
    expect(tunnels).toHaveLength(1);
  });

  it.each(['\ufeff', ' ', '\u202a'])('is found behind the invisible %j', async (unseen) => {
    const { port, tunnels } = await proxyServer({ refusal: 403 });
    await failing(`https://${HOST}`, { httpsProxy: `${unseen}${at(port)}${unseen}` });
    expect(tunnels).toHaveLength(1);
  });
});

/** Node reads extra authorities when it starts. */
function fetchInOwnProcess(url: string, env: Record<string, string>) {
  const adapter = new URL('../../../src/portal/undici.ts', import.meta.url).href;
  const program = `
    import { createUndiciFetch } from ${JSON.stringify(adapter)};
    const fetch = await createUndiciFetch({ proxy: { httpsProxy: process.env.HTTPS_PROXY } });
    const { signal } = new AbortController();
    const answer = await fetch({ method: 'GET', url: ${JSON.stringify(url)}, headers: {}, signal });
    let text = '';
    for await (const chunk of answer.body) text += chunk;
    process.stdout.write(answer.status + ' ' + text, () => process.exit());`;
  return promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { PATH: process.env.PATH, ...env },
  });
}
