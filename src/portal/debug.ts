/**
 * What `--debug` tells of a request and its answer. Only what is known to be harmless is shown as it is: a value under
 * any other name is `***`, so that a portal's new field cannot leak what nobody thought of.
 */

import { maskLongNumbers, withoutSecrets } from '../domain/privacy.ts';
import type { HttpRequest, HttpResponse } from '../ports/http.ts';
import { printableType } from './body.ts';

const HIDDEN = '***';
const MAX_ITEMS = 3;
const MAX_DEPTH = 6;
const MAX_BODY_CHARACTERS = 1_500;

const HARMLESS_HEADERS = new Set([
  'accept',
  'accept-ranges',
  'accept-encoding',
  'allow',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-range',
  'date',
  'etag',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'range',
  'repr-digest',
  'retry-after',
  'server',
  'transfer-encoding',
  'via',
  'x-request-id',
]);

const HARMLESS_FIELDS = new Set(
  `annotationId annotationRequiredAfter apiVersion approvedOn certificateId clientReference code expiresAt field id
  issuedOn kind nextCursor nextSlotOn noticeVersion readyAt requestId requestedAt scenario status timeZone type until
  validUntil version`.split(/\s+/),
);
const HARMLESS_TEXT = /^[\w.:+~/-]{0,80}$/;
const FIELD_NAME = /^[a-z][a-zA-Z]{0,39}$/;
/** No document number fits. */
const LARGEST_NUMBER = 1e9;

/** The origin and the path; of a query only the names. */
function shownUrl(address: string): string {
  const { origin, pathname, searchParams } = new URL(address);
  const query = [...searchParams.keys()].map((name) => `${FIELD_NAME.test(name) ? name : HIDDEN}=${HIDDEN}`).join('&');
  return origin + maskLongNumbers(pathname) + (query && `?${query}`);
}

export interface DebugLog {
  request(request: Omit<HttpRequest, 'signal'>): void;
  answer(answer: Omit<HttpResponse, 'body'>, elapsedMs: number): void;
  body(body: unknown): void;
  failure(code: string, elapsedMs: number): void;
}

/** Fields whose value must not come back in another place: an answer may repeat what was sent, in a header too. */
const SECRET_FIELDS = new Set(['password', 'accessToken', 'idNumber', 'name', 'phone', 'answer']);
const LEAST_SECRET_CHARACTERS = 2;

export function createDebugLog(write: (line: string) => void): DebugLog {
  const secrets = new Set<string>();
  const tell = (line: string) => write(withoutSecrets(line, [...secrets], LEAST_SECRET_CHARACTERS));
  const learn = (body: unknown) => {
    // As it stands in a header, and in JSON.
    for (const secret of secretsIn(body)) secrets.add(secret).add(JSON.stringify(secret).slice(1, -1));
  };
  return {
    request: ({ method, url, headers, body }) => {
      const token = headers.authorization?.replace(/^Bearer /, '');
      if (token) secrets.add(token);
      if (body !== undefined) learn(parsed(body));
      tell(`> ${method} ${shownUrl(url)}`);
      tell(`>   ${shownHeaders(headers)}`);
      if (body !== undefined) tell(`>   ${shownBody(parsed(body))}`);
    },
    answer: ({ status, headers }, elapsedMs) => {
      tell(`< ${status} ${elapsedMs} ms`);
      tell(`<   ${shownHeaders(headers)}`);
    },
    body: (body) => {
      learn(body);
      tell(`<   ${shownBody(body)}`);
    },
    failure: (code, elapsedMs) => tell(`< ${code} ${elapsedMs} ms`),
  };
}

/** With a stack of its own: a portal may nest deeper than calls can. */
function* secretsIn(body: unknown): Iterable<string> {
  const left = [body];
  for (let value = left.pop(); value !== undefined; value = left.pop())
    for (const [name, member] of Object.entries(value ?? {})) {
      if (typeof member === 'object') left.push(member);
      else if (typeof member === 'string' && SECRET_FIELDS.has(name) && member !== '') yield member;
    }
}

const shownHeaders = (headers: HttpResponse['headers']): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${shownHeader(name, value)}`)
    .join('; ');

function shownHeader(name: string, value: string): string {
  if (name === 'content-type') return printableType(value);
  return HARMLESS_HEADERS.has(name) ? printable(value) : HIDDEN;
}

const printable = (value: string): string => maskLongNumbers(value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200));

/** A JSON value on one line, without what may be a secret or personal. */
function shownBody(body: unknown): string {
  const text = JSON.stringify(harmless(body, '', 0)) ?? '-';
  return text.length > MAX_BODY_CHARACTERS ? `${text.slice(0, MAX_BODY_CHARACTERS)}…` : text;
}

function harmless(value: unknown, field: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'number') return Math.abs(value) < LARGEST_NUMBER ? value : HIDDEN;
  if (typeof value === 'string')
    return HARMLESS_FIELDS.has(field) && HARMLESS_TEXT.test(value) ? maskLongNumbers(value) : HIDDEN;
  if (depth === MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) {
    const shown = value.slice(0, MAX_ITEMS).map((item) => harmless(item, field, depth + 1));
    return value.length > MAX_ITEMS ? [...shown, `+${value.length - MAX_ITEMS}`] : shown;
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      FIELD_NAME.test(name) ? name : HIDDEN,
      harmless(member, name, depth + 1),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return HIDDEN;
  }
}
