/** Bodies of answers, never longer than their cap. */

import { CertError } from '../errors.ts';
import type { HttpResponse } from '../ports/http.ts';

const MAX_JSON_BYTES = 8 * 1024 * 1024;

/** `application/json` and everything `+json`, such as `application/problem+json`. */
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * The whole body as JSON; undefined where the status allows none (204, 304).
 * @throws CertError PORTAL_PROTOCOL when it is something else, such as a login page of the network, or too long
 */
export async function readAnswer({ status, headers, body }: HttpResponse, route: string): Promise<unknown> {
  if (status === 204 || status === 304) {
    await skip(body);
    return undefined;
  }
  const type = headers['content-type'] ?? '';
  if (!JSON_TYPE.test(type)) {
    await skip(body);
    throw new CertError('PORTAL_PROTOCOL', { route, fault: { kind: 'content-type', type: printableType(type) } });
  }
  const bytes = await readCapped(body);
  if (bytes === undefined)
    throw new CertError('PORTAL_PROTOCOL', { route, fault: { kind: 'too-long', maxBytes: MAX_JSON_BYTES } });
  const json = parsed(bytes);
  if (json === undefined) throw new CertError('PORTAL_PROTOCOL', { route, fault: { kind: 'not-json' } });
  return json;
}

/** What an error answer says, as JSON; undefined when it says nothing that can be read. */
export async function readRefusal(body: HttpResponse['body']): Promise<unknown> {
  const bytes = await readCapped(body).catch(() => undefined);
  return bytes === undefined ? undefined : parsed(bytes);
}

/** Reads a body that nobody wants to its end, or to its cap, so that the connection can be used again. */
export async function skip(body: HttpResponse['body']): Promise<void> {
  await readCapped(body).catch(() => undefined);
}

/** A content type as a message may show it, or nothing of it: a part of what is no type could be a part of a secret. */
export const printableType = (type: string): string =>
  /^\s*([\w+.-]{1,30}\/[\w+.-]{1,60})\s*(?:;|$)/.exec(type)?.[1] ?? '-';

/** Undefined when it is longer than the cap: the rest is not read. */
async function readCapped(body: HttpResponse['body']): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
