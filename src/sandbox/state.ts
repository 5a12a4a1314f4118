/** What the sandbox remembers. All of it is JSON, so that it can be kept in a file; the schema judges such a file. */
import * as v from 'valibot';
import { count, id, instant } from '../contract/scalars.ts';
import { challenge, meta, session } from '../contract/schemas.ts';
import { fault } from './fault-queue.ts';
import { keyKinds, storedPki } from './pki/stored.ts';
import { WEB_DEFAULTS, webSettings } from './web-settings.ts';

const YEAR_MS = 366 * 86_400_000;

/** A length of time that the sandbox's clock can count. */
export const duration = v.pipe(v.number(), v.minValue(0), v.maxValue(YEAR_MS));

/** How far the sandbox's clock may be from the one on the wall. */
export const clockOffset = v.pipe(v.number(), v.minValue(-100 * YEAR_MS), v.maxValue(100 * YEAR_MS));

export const challengeKind = v.picklist(['none', ...challenge.entries.kind.options]);

/** What the PDFs are signed with. */
export const signatureKind = v.picklist([...keyKinds, 'ses', 'none']);

const account = v.object({
  username: v.string(),
  passwordHash: v.string(),
  name: v.string(),
  idType: v.string(),
  idNumber: v.string(),
  acceptedNotice: v.nullable(v.string()),
  wrongPasswords: count,
  lockedUntil: v.nullable(instant),
});

const storedAnnotation = v.object({
  id,
  certificateId: id,
  scenario: v.string(),
  validDays: count,
  requestedAt: instant,
  generateAfterMs: duration,
  clientReference: v.string(),
  idempotencyKey: v.string(),
  /** The reason, when its generation fails. */
  failure: v.nullable(v.string()),
});

const storedChallenge = v.object({
  id,
  kind: challenge.entries.kind,
  answer: v.string(),
  expiresAt: instant,
  confirmed: v.boolean(),
});

/** The session is there once the login is confirmed. */
const qrLogin = v.object({ id, expiresAt: instant, session: v.nullable(session) });

export const state = v.object({
  schemaVersion: v.literal(2),
  /** The seeded annotations are relative to this instant. */
  createdAt: instant,
  clockOffsetMs: clockOffset,
  generateAfterMs: duration,
  failNextGeneration: v.nullable(v.string()),
  challenge: challengeKind,
  signature: v.optional(signatureKind, 'p256'),
  pki: v.optional(storedPki),
  web: v.optional(webSettings, () => ({ ...WEB_DEFAULTS })),
  sessionLifeMs: duration,
  features: meta.entries.features,
  accounts: v.record(v.string(), account),
  annotations: v.array(storedAnnotation),
  /** Ids of the certificates that were revoked since. */
  revoked: v.array(id),
  sessions: v.record(v.string(), v.object({ username: v.string(), expiresAt: instant })),
  challenges: v.record(v.string(), storedChallenge),
  qrLogins: v.record(v.string(), qrLogin),
  faults: v.array(fault),
  /** What tests count: applications that arrived, answered or not, and attempts to log in by user name. */
  received: v.object({ submissions: count, logIns: v.record(v.string(), count) }),
});

export type SignatureKind = v.InferOutput<typeof signatureKind>;
export type ChallengeKind = v.InferOutput<typeof challengeKind>;
export type Account = v.InferOutput<typeof account>;
export type StoredAnnotation = v.InferOutput<typeof storedAnnotation>;
export type StoredChallenge = v.InferOutput<typeof storedChallenge>;
export type State = v.InferOutput<typeof state>;

/** Where the state outlives a request. */
export interface StateStore {
  /** @throws CertError CONFIG_INVALID when what is there is damaged, or from a newer version */
  load(): State | undefined;
  /** The state as it is now is durable when this resolves. @throws CertError FILE_NOT_WRITABLE */
  save(state: State): Promise<void>;
}
