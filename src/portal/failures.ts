/** What went wrong below HTTP, told apart: name, connection, encryption, proxy, time. */
import { CertError, isCertError, type SystemCode } from '../errors.ts';

/** The properties by which the errors of Node, undici and the global fetch differ. */
interface TransportError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const DNS = /^(ENOTFOUND|EAI_\w+)$/;
const UNREACHABLE = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/;
const TIME = /^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/;
/** The server's certificate was refused, hence before the first byte of a request (OpenSSL's verify codes). */
const CERTIFICATE =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|ERR_TLS_CERT_)/;
const TLS = /^(ERR_TLS_|ERR_SSL_|EPROTO$)/;
const NOT_CONNECTED = /^(ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|ENOTFOUND|EAI_\w+)$/;
const CONNECTING = /^(connect|getaddrinfo)$/;
/** What undici says when a proxy does not open the tunnel. */
const NO_TUNNEL = /^Proxy response \((\d{3})\)/;

/** Whether a request that failed so can have reached the portal. Only what is certain counts as not sent. */
export function mayHaveArrived(error: CertError): boolean {
  if (error.code === 'PROXY_FAILED') return false;
  const { code, syscall } = (error.cause ?? {}) as TransportError;
  return !(CERTIFICATE.test(String(code)) || NOT_CONNECTED.test(String(code)) || CONNECTING.test(String(syscall)));
}

/** The transport's own error as a failure that a person understands. */
export function transportFailure(thrown: unknown, host: string, afterMs: number): CertError {
  if (isCertError(thrown)) return thrown;
  const cause = root(thrown);
  const code = String(cause.code ?? '').toUpperCase() as SystemCode;
  const message = String(cause.message ?? '');
  const context = { cause };
  const tunnel = NO_TUNNEL.exec(message)?.[1];
  if (tunnel !== undefined)
    return new CertError('PROXY_FAILED', { fault: { kind: 'status', status: Number(tunnel) } }, context);
  if (DNS.test(code)) return new CertError('DNS_FAILED', { host }, context);
  if (UNREACHABLE.test(code)) return new CertError('CONNECTION_REFUSED', { host }, context);
  if (TIME.test(code) || cause.name === 'TimeoutError') return new CertError('TIMED_OUT', { host, afterMs }, context);
  if (CERTIFICATE.test(code) || TLS.test(code)) return new CertError('TLS_FAILED', { host, code }, context);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new CertError('PORTAL_PROTOCOL', { fault: { kind: 'headers' } }, context);
  if (cause.name === 'HTTPParserError')
    return new CertError('PORTAL_PROTOCOL', { fault: { kind: 'not-http' } }, context);
  if (code === 'UND_ERR_INVALID_ARG') return new CertError('UNEXPECTED', { detail: message }, context);
  return new CertError('CONNECTION_LOST', { host }, context);
}

/** The first error with a code: the global fetch and attempts at several addresses wrap it. */
function root(thrown: unknown): TransportError {
  if (typeof thrown !== 'object' || thrown === null) return { message: thrown };
  const error: TransportError = thrown;
  if (Array.isArray(error.errors) && error.errors.length > 0) return root(error.errors[0]);
  return error.code === undefined && error.cause !== undefined ? root(error.cause) : error;
}
