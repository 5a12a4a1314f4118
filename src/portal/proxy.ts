/** The way to a portal through an HTTP proxy (CONNECT), with the failures of the proxy told apart from the portal's. */
import type { Dispatcher } from 'undici';
import { withoutUnseenEnds } from '../domain/pasted-text.ts';
import { CertError, type ProxyFault, type SystemCode } from '../errors.ts';

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

/** How connections are made: to a portal, to a proxy, and through it. */
export interface TlsSettings {
  /** Milliseconds. */
  readonly timeout: number;
  readonly rejectUnauthorized: true;
  readonly minVersion: 'TLSv1.2';
}

/** An address that cannot be used fails when a request would go there: other hosts need no proxy. */
export async function proxyAgent(
  { httpProxy, httpsProxy, noProxy = '' }: ProxySettings,
  limits: Limits,
  tls: TlsSettings,
): Promise<Dispatcher> {
  const { default: EnvHttpProxyAgent } = await import('undici/lib/dispatcher/env-http-proxy-agent.js');
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
  const { default: connect } = await import('undici/lib/api/api-connect.js');
  const unusable = new Map<string, ProxyFault>();
  const addressOf = (proxy: string | undefined): string => {
    const address = proxyAddress(withoutUnseenEnds(proxy ?? ''));
    if (typeof address === 'string') return address;
    const standIn = `http://${unusable.size}.${NO_HOST}`;
    unusable.set(standIn, address);
    return standIn;
  };
  // Empty strings in place of undefined: undici would read the environment, where an empty variable masks another.
  return new EnvHttpProxyAgent({
    ...limits,
    connect: tls,
    proxyTls: tls,
    requestTls: tls,
    httpProxy: addressOf(httpProxy),
    httpsProxy: addressOf(httpsProxy),
    noProxy,
    // undici's index gives every dispatcher its `connect`, and is not loaded here.
    clientFactory: (origin, options) => {
      const proxy = new Pool(origin, { ...limits, ...options });
      const fault = unusable.get(String(origin).replace(/\/$/, ''));
      const tunnel = async (wanted: Tunnel) => {
        if (fault !== undefined) throw new CertError('PROXY_FAILED', { fault });
        return connect.call(proxy, wanted).catch(failed);
      };
      return Object.assign(proxy, { connect: tunnel });
    },
  });
}

/** No name ends so (RFC 6761, section 6.4). */
const NO_HOST = 'proxy.invalid';

/** The address as undici takes it, empty for none; or what is wrong with it. */
function proxyAddress(proxy: string): string | ProxyFault {
  if (proxy === '') return '';
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(proxy)?.[1]?.toLowerCase();
  if (scheme?.startsWith('socks')) return { kind: 'socks' };
  const address = scheme === undefined ? `http://${proxy}` : proxy;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isEncoded(url.username + url.password))
    return { kind: 'address' };
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
