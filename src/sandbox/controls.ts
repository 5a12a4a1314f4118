/** The sandbox's own controls under `/sandbox/*`: its clock, its faults, its secrets. Not part of the contract. */
import * as v from 'valibot';
import { meta } from '../contract/schemas.ts';
import { shanghaiTime } from '../domain/calendar.ts';
import { fault } from './fault-queue.ts';
import { CERTIFICATES } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Registry } from './registry.ts';
import { type Account, challengeKind, clockOffset, duration, type State, signatureKind } from './state.ts';
import { webSettings } from './web-settings.ts';

const settings = v.partial(
  v.object({
    generateAfterMs: duration,
    sessionLifeMs: v.pipe(duration, v.minValue(1)),
    challenge: challengeKind,
    signature: signatureKind,
    failNextGeneration: v.nullable(v.pipe(v.string(), v.maxLength(200))),
    features: v.partial(meta.entries.features),
    web: v.partial(webSettings),
  }),
);

function parsed<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw new Refusal('MALFORMED_REQUEST', { detail: v.getDotPath(result.issues[0]) ?? 'body' });
  return result.output;
}

/** An instant, ISO 8601; without an offset it is one of Asia/Shanghai, and a day alone its beginning. NaN for all else. */
function inShanghai(text: string): number {
  const time = text.includes('T') ? text : `${text}T00:00`;
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}+08:00`);
}

interface Control {
  readonly registry: Registry;
  /** The JSON of a POST, else the query. */
  readonly body: unknown;
  /** The state as it was when the sandbox was made. */
  readonly fresh: () => State;
}

function confirm({ registry, body }: Control) {
  const { id, username } = parsed(v.object({ id: v.string(), username: v.optional(v.string()) }), body);
  const { challenges, qrLogins, accounts } = registry.state;
  const challenge = Object.hasOwn(challenges, id) ? challenges[id] : undefined;
  const login = Object.hasOwn(qrLogins, id) ? qrLogins[id] : undefined;
  if (challenge !== undefined) challenge.confirmed = true;
  else if (login !== undefined && username !== undefined && Object.hasOwn(accounts, username))
    login.session = registry.openSession(accounts[username] as Account);
  else throw new Refusal('NOT_FOUND');
  return { confirmed: id };
}

/** Each control by `METHOD /path`; what it returns is its JSON. */
export const CONTROLS: Readonly<Record<string, (control: Control) => unknown>> = {
  'GET /sandbox/state': ({ registry }) => {
    const { accounts: _accounts, sessions: _sessions, pki: _pki, ...state } = registry.state;
    return {
      ...state,
      now: shanghaiTime(registry.now),
      annotations: state.annotations.map((a) => registry.annotation(a)),
    };
  },
  'POST /sandbox/clock': ({ registry, body }) => {
    const { advanceMs, now } = parsed(v.partial(v.object({ advanceMs: v.number(), now: v.string() })), body);
    const nowMs = now === undefined ? registry.now.getTime() : inShanghai(now);
    if (Number.isNaN(nowMs)) throw new Refusal('MALFORMED_REQUEST', { detail: 'now' });
    const jumpMs = nowMs - registry.now.getTime();
    registry.state.clockOffsetMs = parsed(clockOffset, registry.state.clockOffsetMs + jumpMs + (advanceMs ?? 0));
    return { clockOffsetMs: registry.state.clockOffsetMs };
  },
  'POST /sandbox/settings': ({ registry, body }) => {
    const { features, web, ...changes } = parsed(settings, body);
    const { state } = registry;
    Object.assign(state, changes);
    Object.assign(state.features, features);
    Object.assign(state.web, web);
    return { ...changes, features: state.features, web: state.web };
  },
  'POST /sandbox/faults': ({ registry, body }) => {
    registry.state.faults.push(parsed(fault, body));
    return { faults: registry.state.faults };
  },
  'DELETE /sandbox/faults': ({ registry }) => {
    registry.state.faults = [];
    return { faults: [] };
  },
  'DELETE /sandbox/sessions': ({ registry }) => {
    registry.state.sessions = {};
    return {};
  },
  'GET /sandbox/challenges': ({ registry }) => ({ challenges: Object.values(registry.state.challenges) }),
  'POST /sandbox/confirm': confirm,
  // For whoever has a browser and no phone: an address to open.
  'GET /sandbox/confirm': confirm,
  'POST /sandbox/revoke': ({ registry, body }) => {
    const { id } = parsed(v.object({ id: v.string() }), body);
    if (!CERTIFICATES.has(id)) throw new Refusal('NOT_FOUND');
    registry.state.revoked.push(id);
    return { revoked: registry.state.revoked };
  },
  'POST /sandbox/reset': ({ registry, fresh }) => {
    // The trust anchor that was handed out stays good.
    Object.assign(registry.state, fresh());
    return {};
  },
};
