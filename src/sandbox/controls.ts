/** The sandbox's own controls under `/sandbox/*`: its clock, its faults, its secrets. Not part of the contract. */
import * as v from 'valibot';
import { shanghaiTime } from '../domain/calendar.ts';
import type { Desk } from './desk.ts';
import { fault } from './faults.ts';
import { Refusal } from './problem.ts';
import type { State } from './state.ts';

const ms = v.pipe(v.number(), v.minValue(0), v.maxValue(366 * 86_400_000));

const settings = v.partial(
  v.object({
    generateAfterMs: ms,
    sessionLifeMs: v.pipe(v.number(), v.minValue(1)),
    challenge: v.picklist(['none', 'image', 'sms', 'qr']),
    failNextGeneration: v.nullable(v.pipe(v.string(), v.maxLength(200))),
    features: v.partial(
      v.object({
        idempotentSubmit: v.boolean(),
        echoReference: v.boolean(),
        qrLogin: v.boolean(),
        registration: v.boolean(),
        lookup: v.boolean(),
      }),
    ),
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
    const { accounts: _accounts, sessions: _sessions, ...state } = desk.state;
    return { ...state, now: shanghaiTime(desk.now), annotations: state.annotations.map((a) => desk.annotation(a)) };
  },
  'POST /sandbox/clock': ({ desk, body }) => {
    const { advanceMs, now } = parsed(v.partial(v.object({ advanceMs: v.number(), now: v.string() })), body);
    if (now !== undefined && Number.isNaN(Date.parse(now))) throw new Refusal('MALFORMED_REQUEST', { detail: 'now' });
    if (now !== undefined) desk.state.clockOffsetMs += Date.parse(now) - desk.now.getTime();
    desk.state.clockOffsetMs += advanceMs ?? 0;
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
      login.confirmedBy = username;
    else throw new Refusal('NOT_FOUND');
    return { confirmed: id };
  },
  'POST /sandbox/reset': ({ desk, fresh }) => {
    Object.assign(desk.state, fresh());
    return {};
  },
};
