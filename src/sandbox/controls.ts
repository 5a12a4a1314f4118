/** The sandbox's own controls under `/sandbox/*`: its clock, its faults, its secrets. Not part of the contract. */
import * as v from 'valibot';
import { meta } from '../contract/schemas.ts';
import { shanghaiTime } from '../domain/calendar.ts';
import { fault } from './faults.ts';
import { CERTIFICATES } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Desk } from './registry.ts';
import { type Account, challengeKind, clockOffset, duration, type State, signatureKind } from './state.ts';

const settings = v.partial(
  v.object({
    generateAfterMs: duration,
    sessionLifeMs: v.pipe(duration, v.minValue(1)),
    challenge: challengeKind,
    signature: signatureKind,
    failNextGeneration: v.nullable(v.pipe(v.string(), v.maxLength(200))),
    features: v.partial(meta.entries.features),
  }),
);

function parsed<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw new Refusal('MALFORMED_REQUEST', { detail: v.getDotPath(result.issues[0]) ?? 'body' });
  return result.output;
}

interface Control {
  readonly desk: Desk;
  readonly body: unknown;
  /** The state as it was when the sandbox was made. */
  readonly fresh: () => State;
}

/** Each control by `METHOD /path`; what it returns is its JSON. */
export const CONTROLS: Readonly<Record<string, (control: Control) => unknown>> = {
  'GET /sandbox/state': ({ desk }) => {
    const { accounts: _accounts, sessions: _sessions, pki: _pki, ...state } = desk.state;
    return { ...state, now: shanghaiTime(desk.now), annotations: state.annotations.map((a) => desk.annotation(a)) };
  },
  'POST /sandbox/clock': ({ desk, body }) => {
    const { advanceMs, now } = parsed(v.partial(v.object({ advanceMs: v.number(), now: v.string() })), body);
    if (now !== undefined && Number.isNaN(Date.parse(now))) throw new Refusal('MALFORMED_REQUEST', { detail: 'now' });
    const jumpMs = now === undefined ? 0 : Date.parse(now) - desk.now.getTime();
    desk.state.clockOffsetMs = parsed(clockOffset, desk.state.clockOffsetMs + jumpMs + (advanceMs ?? 0));
    return { clockOffsetMs: desk.state.clockOffsetMs };
  },
  'POST /sandbox/settings': ({ desk, body }) => {
    const { features, ...changes } = parsed(settings, body);
    Object.assign(desk.state, changes);
    Object.assign(desk.state.features, features);
    return { ...changes, features: desk.state.features };
  },
  'POST /sandbox/faults': ({ desk, body }) => {
    desk.state.faults.push(parsed(fault, body));
    return { faults: desk.state.faults };
  },
  'DELETE /sandbox/faults': ({ desk }) => {
    desk.state.faults = [];
    return { faults: [] };
  },
  'DELETE /sandbox/sessions': ({ desk }) => {
    desk.state.sessions = {};
    return {};
  },
  'GET /sandbox/challenges': ({ desk }) => ({ challenges: Object.values(desk.state.challenges) }),
  'POST /sandbox/confirm': ({ desk, body }) => {
    const { id, username } = parsed(v.object({ id: v.string(), username: v.optional(v.string()) }), body);
    const challenge = Object.hasOwn(desk.state.challenges, id) ? desk.state.challenges[id] : undefined;
    const login = Object.hasOwn(desk.state.qrLogins, id) ? desk.state.qrLogins[id] : undefined;
    if (challenge !== undefined) challenge.confirmed = true;
    else if (login !== undefined && username !== undefined && Object.hasOwn(desk.state.accounts, username))
      login.session = desk.openSession(desk.state.accounts[username] as Account);
    else throw new Refusal('NOT_FOUND');
    return { confirmed: id };
  },
  'POST /sandbox/revoke': ({ desk, body }) => {
    const { id } = parsed(v.object({ id: v.string() }), body);
    if (!CERTIFICATES.has(id)) throw new Refusal('NOT_FOUND');
    desk.state.revoked.push(id);
    return { revoked: desk.state.revoked };
  },
  'POST /sandbox/reset': ({ desk, fresh }) => {
    // The trust anchor that was handed out stays good.
    Object.assign(desk.state, fresh());
    return {};
  },
};
