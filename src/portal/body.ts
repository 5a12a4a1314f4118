/** Bodies of answers, never longer than their cap. */

import { CertError, type ProtocolFault } from '../errors.ts';
import type { HttpResponse } from '../ports/http.ts';
import { parseJson } from './json-text.ts';

const MAX_JSON_BYTES = 8 * 1024 * 1024;
/** The largest fact of a refusal is the picture of a challenge. */
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** `application/json` and everything `+json`. */
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const PROBLEM_TYPE = /^application\/problem\+json\s*(?:;|$)/i;
const WEB_PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i;
const UTF8 = /^(?:utf-?8|us-ascii)$/i;

/** What a body says, and how long it is. */
export interface JsonBody {
  /** Undefined where the status allows none (204, 304). */
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * The whole body as JSON.
 * @throws CertError PORTAL_PROTOCOL when it is something else, such as a login page of the network, or too large
 */
export async function readAnswer({ status, headers, body }: HttpResponse, route: string): Promise<JsonBody> {
  const refuse = (fault: ProtocolFault) => new CertError('PORTAL_PROTOCOL', { route, fault });
  if (status === 204 || status === 304) {
    await skip(body);
    return { value: undefined, bytes: 0 };
  }
  const announced = codingFault(headers) ?? typeFault(status, headers['content-type'] ?? '');
  if (announced !== undefined) {
    const isEmpty = (await readCapped(body, MAX_REFUSAL_BYTES).catch(() => undefined))?.length === 0;
    throw refuse(isEmpty ? { kind: 'empty' } : announced);
  }
  const bytes = await readCapped(body, MAX_JSON_BYTES);
  if (bytes === undefined) throw refuse({ kind: 'too-long', maxBytes: MAX_JSON_BYTES });
  const parsed = parseJson(bytes);
  if ('fault' in parsed) throw refuse(parsed.fault);
  return { value: parsed.value, bytes: bytes.length };
}

/** What an error answer says, as JSON; undefined when it says nothing that can be read. */
export async function readRefusal(body: HttpResponse['body']): Promise<unknown> {
  const bytes = await readCapped(body, MAX_REFUSAL_BYTES).catch(() => undefined);
  const parsed = bytes && parseJson(bytes);
  return parsed !== undefined && 'value' in parsed ? parsed.value : undefined;
}

/** Reads a body that nobody wants to its end, or to its cap, so that the connection can be used again. */
export async function skip(body: HttpResponse['body']): Promise<void> {
  await readCapped(body, MAX_REFUSAL_BYTES).catch(() => undefined);
}

/** A content type as a message may show it, or nothing of it: a part of what is no type could be a part of a secret. */
export const printableType = (type: string): string =>
  /^\s*([\w+.-]{1,30}\/[\w+.-]{1,60})\s*(?:;|$)/.exec(type)?.[1] ?? '-';

const CODINGS = /^(?:x-)?(?:gzip|deflate|compress|br|zstd)$/;

/** Every request asks for bytes as they are. */
export function codingFault(headers: HttpResponse['headers']): ProtocolFault | undefined {
  const name = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (name === 'identity') return undefined;
  return CODINGS.test(name) ? { kind: 'coding', name } : { kind: 'coding' };
}

function typeFault(status: number, type: string): ProtocolFault | undefined {
  if (WEB_PAGE_TYPE.test(type)) return { kind: 'web-page' };
  if (!JSON_TYPE.test(type)) return { kind: 'content-type', type: printableType(type) };
  if (PROBLEM_TYPE.test(type)) return { kind: 'problem', status };
  const charset = CHARSET.exec(type)?.[1] ?? 'utf-8';
  return UTF8.test(charset) ? undefined : charsetFault(charset);
}

/** Of a name that no encoding has, a part could be a part of a secret. */
function charsetFault(label: string): ProtocolFault {
  try {
    return { kind: 'charset', name: new TextDecoder(label).encoding.toUpperCase() };
  } catch {
    return { kind: 'charset' };
  }
}

const FIRST_BYTES = 64 * 1024;

/**
 * Undefined when it is longer than the cap: the rest is not read. The pieces are put together as they come: kept one by
 * one, pieces of a byte would take a hundred times their room.
 */
async function readCapped(body: HttpResponse['body'], maxBytes: number): Promise<Buffer | undefined> {
  let held = Buffer.allocUnsafe(FIRST_BYTES);
  let bytes = 0;
  for await (const chunk of body) {
    const end = bytes + chunk.length;
    if (end > maxBytes) return undefined;
    if (end > held.length) held = Buffer.concat([held.subarray(0, bytes)], Math.max(end, 2 * held.length));
    held.set(chunk, bytes);
    bytes = end;
  }
  return held.subarray(0, bytes);
}
