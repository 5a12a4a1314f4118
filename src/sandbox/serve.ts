/** The sandbox on HTTP, on this machine only. */
import { createServer } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { CertError } from '../errors.ts';
import { createSandbox, type SandboxOptions } from './create-sandbox.ts';
import { isDropped, partOfCut } from './faults.ts';

const HOST = '127.0.0.1';

export interface SandboxServer {
  readonly url: string;
  /** The root of what signs its PDFs, PEM. */
  trustAnchor(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1; port 0 takes any free one.
 * @throws CertError PORT_IN_USE
 */
export async function serveSandbox(options: SandboxOptions & { readonly port: number }): Promise<SandboxServer> {
  const sandbox = createSandbox(options);
  const server = createServer(
    getRequestListener(async (request, env) => {
      const response = await sandbox.handle(request);
      const { incoming, outgoing } = env as HttpBindings;
      if (isDropped(response)) incoming.socket.destroy();
      const part = partOfCut(response);
      if (part === undefined) return response;
      // A body that fails would be reported on the terminal.
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).flushHeaders();
      outgoing.write(part, () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const known = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(known ? new CertError('PORT_IN_USE', { port: options.port }, { cause: error }) : error);
    });
    server.listen(options.port, HOST, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${HOST}:${port}`,
    trustAnchor: () => sandbox.trustAnchor(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
