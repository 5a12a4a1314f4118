/** Real servers on loopback that behave as badly as the network does. Each ends with the test that started it. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP server; its origin. */
export const httpServer = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(createServer(listener))}`;

/** A server that does with a connection what it likes, once the request is there; its origin. */
export const rawServer = async (talk: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${await listening(createRawServer((socket) => socket.once('data', () => talk(socket))))}`;

/** An origin where nothing listens. */
export async function closedPort(): Promise<string> {
  const server = createRawServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

interface Identity {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** The certificate's path, PEM. */
  readonly certPath: string;
}

/** A fresh self-signed TLS certificate for a host name, made by openssl. */
export function selfSigned(hostname: string): Identity {
  const folder = temporaryFolder();
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  const name = ['-subj', `/CN=${hostname}`, '-addext', `subjectAltName=DNS:${hostname}`];
  execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-days', '2', '-keyout', keyPath, '-out', certPath], {
    stdio: 'ignore',
  });
  return { key: readFileSync(keyPath), cert: readFileSync(certPath), certPath };
}

/** An HTTPS server; its port. */
export const tlsServer = ({ key, cert }: Identity, listener: RequestListener): Promise<number> =>
  listening(createTlsServer({ key, cert }, listener));

/**
 * A proxy that opens every tunnel to one port of this machine, or refuses with a status; `tunnels` remembers what it
 * was asked for, and with which `Proxy-Authorization`.
 */
export async function proxyServer(to: { readonly port: number } | { readonly refusal: number }) {
  const tunnels: { host: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', ({ url, headers }, socket: Socket) => {
    tunnels.push({ host: url, authorization: headers['proxy-authorization'] });
    if ('refusal' in to) return void socket.end(`HTTP/1.1 ${to.refusal} No\r\ncontent-length: 0\r\n\r\n`);
    const target = connect(to.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  return { port: await listening(server), tunnels };
}
