/**
 * The sandbox's registry: one request's view of the state, with the clock, and the questions that several routes ask of
 * it. The rules themselves are those of `domain`.
 */

import type { Annotation, Quota, Session } from '../contract/schemas.ts';
import { inForce, lastValidDay } from '../domain/annotation.ts';
import { dayOf, shanghaiTime } from '../domain/calendar.ts';
import { maskIdNumber } from '../domain/id-number.ts';
import { QUOTA_RULE, quotaOn } from '../domain/quota.ts';
import {
  CERTIFICATES,
  type CertificateAnswer,
  holderNameOf,
  NOTICE_VERSION,
  type StoredCertificate,
} from './people.ts';
import { Refusal } from './refusal.ts';
import type { Account, State, StoredAnnotation, StoredChallenge } from './state.ts';

/** What a person has to answer elsewhere: a challenge, or the confirmation of a login by QR code. */
export type Asked =
  | Pick<StoredChallenge, 'id' | 'kind' | 'answer'>
  | { readonly id: string; readonly kind: 'qr-login' };

export class Registry {
  readonly state: State;
  readonly now: Date;
  readonly newId: () => string;
  readonly onAsked: (asked: Asked) => void;

  constructor(state: State, now: Date, newId: () => string, onAsked: (asked: Asked) => void = () => {}) {
    this.state = state;
    this.now = now;
    this.newId = newId;
    this.onAsked = onAsked;
  }

  get today(): string {
    return dayOf(this.now);
  }

  /** An instant some milliseconds from now. */
  later(ms: number): string {
    return shanghaiTime(new Date(this.now.getTime() + ms));
  }

  isPast(instant: string): boolean {
    return Date.parse(instant) <= this.now.getTime();
  }

  annotation(stored: StoredAnnotation): Annotation {
    const { id, certificateId, scenario, validDays, requestedAt, clientReference, failure } = stored;
    const readyAt = shanghaiTime(new Date(Date.parse(requestedAt) + stored.generateAfterMs));
    const validUntil = lastValidDay(dayOf(requestedAt), validDays);
    const common = {
      id,
      certificateId,
      scenario,
      validDays,
      requestedAt,
      ...(this.state.features.echoReference ? { clientReference } : {}),
    };
    if (!this.isPast(readyAt)) return { ...common, status: 'generating' };
    if (failure !== null) return { ...common, status: 'failed', failure };
    return { ...common, status: inForce(validUntil, this.today) ? 'ready' : 'expired', readyAt, validUntil };
  }

  /** The annotations of a certificate, the latest first. */
  annotations(certificateId: string): Annotation[] {
    return this.state.annotations
      .filter((annotation) => annotation.certificateId === certificateId)
      .map((annotation) => this.annotation(annotation))
      .reverse()
      .sort((a, b) => Date.parse(b.requestedAt) - Date.parse(a.requestedAt));
  }

  quota(certificateId: string): Quota {
    return quotaOn(this.today, this.annotations(certificateId), QUOTA_RULE);
  }

  /** A certificate of that holder. @throws Refusal NOT_FOUND for another's as for none */
  storedCertificate(id: string | undefined, holder: Account): StoredCertificate {
    const certificate = CERTIFICATES.get(id ?? '');
    if (certificate?.owner !== holder.username) throw new Refusal('NOT_FOUND');
    return this.#asOfNow(certificate);
  }

  allCertificates(): StoredCertificate[] {
    return [...CERTIFICATES.values()].map((certificate) => this.#asOfNow(certificate));
  }

  #asOfNow(certificate: StoredCertificate): StoredCertificate {
    return this.state.revoked.includes(certificate.id) ? { ...certificate, status: 'revoked' } : certificate;
  }

  certificatesOf(holder: Account): StoredCertificate[] {
    return this.allCertificates().filter(({ owner }) => owner === holder.username);
  }

  /** What that holder applied for with an idempotency key: keys of others are others' affair. */
  appliedWith(idempotencyKey: string, holder: Account): StoredAnnotation | undefined {
    return this.state.annotations.find(
      (annotation) =>
        annotation.idempotencyKey === idempotencyKey &&
        CERTIFICATES.get(annotation.certificateId)?.owner === holder.username,
    );
  }

  certificate(certificate: StoredCertificate): CertificateAnswer {
    const { owner, ...stored } = certificate;
    const holder = this.state.accounts[owner] as Account;
    return {
      ...stored,
      holderName: holderNameOf(certificate, holder),
      idNumberMasked: maskIdNumber(holder.idNumber),
      annotation: this.annotations(stored.id)[0] ?? null,
      quota: stored.annotationRequired ? this.quota(stored.id) : null,
    };
  }

  /** An annotation of that holder. @throws Refusal NOT_FOUND */
  annotationOf(id: string | undefined, holder: Account): { annotation: Annotation; certificate: StoredCertificate } {
    const stored = this.state.annotations.find((annotation) => annotation.id === id);
    if (stored === undefined) throw new Refusal('NOT_FOUND');
    return {
      annotation: this.annotation(stored),
      certificate: this.storedCertificate(stored.certificateId, holder),
    };
  }

  openSession(account: Account): Session {
    const accessToken = this.newId();
    const expiresAt = this.later(this.state.sessionLifeMs);
    this.state.sessions[accessToken] = { username: account.username, expiresAt };
    return {
      username: account.username,
      accessToken,
      expiresAt,
      holder: { name: account.name, idType: account.idType, idNumberMasked: maskIdNumber(account.idNumber) },
      notice: { version: NOTICE_VERSION, accepted: account.acceptedNotice === NOTICE_VERSION },
    };
  }

  /** Does nothing where there is none. */
  endSession(authorization: string | undefined): void {
    delete this.state.sessions[tokenOf(authorization)];
  }

  /** Who holds a session. @throws Refusal SESSION_EXPIRED */
  holderOf(authorization: string | undefined): Account {
    const token = tokenOf(authorization);
    const session = Object.hasOwn(this.state.sessions, token) ? this.state.sessions[token] : undefined;
    const account = session && !this.isPast(session.expiresAt) ? this.state.accounts[session.username] : undefined;
    if (account === undefined) throw new Refusal('SESSION_EXPIRED');
    return account;
  }
}

const tokenOf = (authorization = ''): string => /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
