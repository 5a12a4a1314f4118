/**
 * What `--debug` tells of a request and its answer. Only what is known to be harmless is shown as it is: a value under
 * any other name is `***`, so that a portal's new field cannot leak what nobody thought of.
 */

import { createKnownSecrets, HIDDEN } from '../domain/known-secrets.ts';
import { maskLongNumbers, withoutSecrets } from '../domain/privacy.ts';
import type { HttpRequest, HttpResponse } from '../ports/http.ts';
import { printableType } from './body.ts';
import { type FoundSecret, secretsIn, secretsOf } from './secrets-in.ts';

const MAX_ITEMS = 3;
const MAX_MEMBERS = 100;
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
  /** `isAnonymous`: whether it answers a request without a token, so that a token in it is not known to be one. */
  answer(answer: Omit<HttpResponse, 'body'>, elapsedMs: number, isAnonymous?: boolean): void;
  body(body: unknown, isAnonymous?: boolean): void;
  failure(code: string, elapsedMs: number): void;
}

/** The length of the shortest Chinese names. */
const LEAST_SECRET_CHARACTERS = 2;

export function createDebugLog(write: (line: string) => void): DebugLog {
  const known = createKnownSecrets();
  const hide = (text: string) => withoutSecrets(text, known);
  const tell = (line: string) => write(hide(line));
  const learn = (secrets: Iterable<FoundSecret>) => {
    for (const { secret } of secrets) known.learn(secret, { least: LEAST_SECRET_CHARACTERS, isToken: true });
  };
  return {
    request: ({ method, url, headers, body }) => {
      learn(secretsOf({ headers, body }, 'name'));
      tell(`> ${method} ${shownUrl(url)}`);
      tell(`>   ${shownHeaders(headers, hide)}`);
      if (body !== undefined) tell(`>   ${shownBody(parsed(body), HARMLESS_TEXT)}`);
    },
    answer: ({ status, headers }, elapsedMs, isAnonymous = false) => {
      tell(`< ${status} ${elapsedMs} ms`);
      tell(`<   ${shownHeaders(headers, isAnonymous ? plainOnly : hide)}`);
    },
    body: (body, isAnonymous = false) => {
      learn(secretsIn(body, 'name'));
      tell(`<   ${shownBody(body, isAnonymous ? PLAIN : HARMLESS_TEXT)}`);
    },
    failure: (code, elapsedMs) => tell(`< ${code} ${elapsedMs} ms`),
  };
}

/** Words of the contract, dates and versions: what no token looks like. */
const PLAIN = /^(?:[A-Z]{1,20}(?:_[A-Z]{1,20})*|[a-z]{1,16}(?:-[a-z]{1,16})*|[\d.:TZ+-]{1,40})$/;
const TYPE = /^(?:application|text)\/(?:problem\+)?(?:json|html|plain|pdf|xml)$/;
const plainOnly = (value: string): string => ([PLAIN, TYPE, DATE].some((shape) => shape.test(value)) ? value : HIDDEN);
const DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;

type Hide = (text: string) => string;

const shownHeaders = (headers: HttpResponse['headers'], hide: Hide): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${shownHeader(name, value, hide)}`)
    .join('; ');

function shownHeader(name: string, value: string, hide: Hide): string {
  if (name === 'content-type') return hide(printableType(value));
  // Hidden before it is cut: half a secret is one too.
  return HARMLESS_HEADERS.has(name) ? printable(hide(value)) : HIDDEN;
}

const printable = (value: string): string => maskLongNumbers(value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200));

/** A JSON value on one line, without what may be a secret or personal. */
function shownBody(body: unknown, shape: RegExp): string {
  const text = JSON.stringify(harmless(body, '', 0, shape)) ?? '-';
  return text.length > MAX_BODY_CHARACTERS ? `${text.slice(0, MAX_BODY_CHARACTERS)}…` : text;
}

function harmless(value: unknown, field: string, depth: number, shape: RegExp): unknown {
  if (value === null || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'number') return Math.abs(value) < LARGEST_NUMBER ? value : HIDDEN;
  if (typeof value === 'string')
    return HARMLESS_FIELDS.has(field) && shape.test(value) ? maskLongNumbers(value) : HIDDEN;
  if (depth === MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) {
    const shown = value.slice(0, MAX_ITEMS).map((item) => harmless(item, field, depth + 1, shape));
    return value.length > MAX_ITEMS ? [...shown, `+${value.length - MAX_ITEMS}`] : shown;
  }
  return Object.fromEntries(
    Object.entries(value as object)
      .slice(0, MAX_MEMBERS)
      .map(([name, member]) => [FIELD_NAME.test(name) ? name : HIDDEN, harmless(member, name, depth + 1, shape)]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return HIDDEN;
  }
}
