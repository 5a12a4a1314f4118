/** The way to a portal through an HTTP proxy (CONNECT), with the failures of the proxy told apart from the portal's. */
import type { buildConnector, Dispatcher } from 'undici';
import { CertError } from '../errors.ts';

/** Addresses such as `http://user:password@proxy.example:3128`; without a scheme, `http` is meant. */
export interface ProxySettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  /** Hosts that are reached without it: names with their subdomains, separated by commas; `*` for all. */
  readonly noProxy?: string | undefined;
}

interface Limits {
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}

/** @throws CertError PROXY_FAILED when an address is none */
export async function proxyAgent(
  { httpProxy, httpsProxy, noProxy = '' }: ProxySettings,
  limits: Limits,
  connectTimeoutMs: number,
): Promise<Dispatcher> {
  const { default: EnvHttpProxyAgent } = await import('undici/lib/dispatcher/env-http-proxy-agent.js');
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
  const { default: connect } = await import('undici/lib/api/api-connect.js');
  const timeout = connectTimeoutMs;
  // Empty strings in place of undefined: undici would read the environment, where an empty variable masks another.
  return new EnvHttpProxyAgent({
    ...limits,
    connect: { timeout },
    proxyTls: { timeout },
    requestTls: { timeout },
    httpProxy: addressOf(httpProxy),
    httpsProxy: addressOf(httpsProxy),
    noProxy,
    // undici's index adds `connect` to every dispatcher, and it is not loaded here.
    clientFactory: (origin, options: { connect: buildConnector.connector }) =>
      Object.assign(new Pool(origin, { ...limits, connect: withOwnFailures(options.connect) }), { connect }),
  });
}

function addressOf(proxy: string | undefined): string {
  if (!proxy) return '';
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isEncoded(url.username + url.password))
    throw new CertError('PROXY_FAILED', { detail: 'not a proxy address' });
  return url.href;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** undici gives the failure of a connection as it is to the request that waits for it. */
const withOwnFailures =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, done) =>
    connect(options, (...[error, socket]) => (error === null ? done(null, socket) : done(proxyFailure(error), null)));

const proxyFailure = (cause: NodeJS.ErrnoException): CertError =>
  new CertError('PROXY_FAILED', { detail: cause.code ?? cause.message }, { cause });
