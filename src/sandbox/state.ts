/** What the sandbox remembers. All of it is JSON, so that it can be kept in a file. */
import type { Challenge, Meta } from '../portal/contract/schemas.ts';
import type { Fault } from './faults.ts';

export type ChallengeKind = Challenge['kind'] | 'none';

export interface Account {
  readonly username: string;
  readonly passwordHash: string;
  readonly name: string;
  readonly idType: string;
  readonly idNumber: string;
  acceptedNotice: string | null;
  wrongPasswords: number;
  lockedUntil: string | null;
}

export interface StoredAnnotation {
  readonly id: string;
  readonly certificateId: string;
  readonly scenario: string;
  readonly validDays: number;
  readonly requestedAt: string;
  readonly generateAfterMs: number;
  readonly clientReference: string;
  /** The reason, when its generation fails. */
  readonly failure: string | null;
}

export interface StoredChallenge {
  readonly id: string;
  readonly kind: Challenge['kind'];
  readonly answer: string;
  readonly expiresAt: string;
  confirmed: boolean;
}

interface QrLogin {
  readonly id: string;
  readonly expiresAt: string;
  confirmedBy: string | null;
}

export interface State {
  readonly schemaVersion: 1;
  /** The seeded certificates and annotations are relative to this instant. */
  readonly createdAt: string;
  clockOffsetMs: number;
  generateAfterMs: number;
  failNextGeneration: string | null;
  challenge: ChallengeKind;
  sessionLifeMs: number;
  features: Meta['features'];
  accounts: Record<string, Account>;
  annotations: StoredAnnotation[];
  sessions: Record<string, { username: string; expiresAt: string }>;
  challenges: Record<string, StoredChallenge>;
  qrLogins: Record<string, QrLogin>;
  faults: Fault[];
  /** What tests count: applications received, and attempts to log in by user name. */
  received: { submissions: number; logIns: Record<string, number> };
}

/** Where the state outlives a request. */
export interface StateStore {
  /** @throws CertError CONFIG_INVALID when what is there is damaged */
  load(): State | undefined;
  /** The state is durable when this returns. */
  save(state: State): void;
}
