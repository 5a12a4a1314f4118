/** The way to a portal through an HTTP proxy (CONNECT), with the failures of the proxy told apart from the portal's. */
import type { Dispatcher } from 'undici';
import { CertError, type SystemCode } from '../errors.ts';

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
    // undici's index gives every dispatcher its `connect`, and is not loaded here.
    clientFactory: (origin, options) => {
      const proxy = new Pool(origin, { ...limits, ...options });
      return Object.assign(proxy, { connect: (tunnel: Tunnel) => connect.call(proxy, tunnel).catch(failed) });
    },
  });
}

function addressOf(proxy: string | undefined): string {
  if (!proxy) return '';
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isEncoded(url.username + url.password))
    throw new CertError('PROXY_FAILED', { fault: { kind: 'address' } });
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

type Tunnel = Dispatcher.ConnectOptions<unknown>;

/** Whatever fails before the tunnel is open is the proxy's failure. */
function failed(cause: NodeJS.ErrnoException): never {
  const code = (cause.code ?? cause.name).toUpperCase() as SystemCode;
  throw new CertError('PROXY_FAILED', { fault: { kind: 'system', code } }, { cause });
}
