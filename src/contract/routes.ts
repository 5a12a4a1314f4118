/** The routes of the contract as a table: the client calls it, the sandbox serves it, the OpenAPI document lists it. */
import type { GenericSchema } from 'valibot';
import type { ProblemCode } from './problem.ts';
import * as s from './schemas.ts';

export const API_PREFIX = '/api/v1';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the prefix, with `{name}` for a path parameter. */
  readonly path: string;
  readonly summary: string;
  /** Whether it needs `Authorization: Bearer TOKEN`. */
  readonly session: boolean;
  readonly query?: readonly string[];
  readonly request?: GenericSchema;
  readonly status: 200 | 201 | 204;
  /** The JSON answer; `pdf` for the file itself; null for none. */
  readonly answer: GenericSchema | 'pdf' | null;
  readonly problems: readonly ProblemCode[];
}

const route = <const R extends Route>(definition: R): R => definition;

export const ROUTES = {
  meta: route({
    method: 'GET',
    path: '/meta',
    summary: 'The portal, its rules and its features',
    session: false,
    status: 200,
    answer: s.meta,
    problems: [],
  }),
  notice: route({
    method: 'GET',
    path: '/notice',
    summary: 'The service notice in force',
    session: false,
    status: 200,
    answer: s.notice,
    problems: [],
  }),
  acceptNotice: route({
    method: 'POST',
    path: '/notice/acceptance',
    summary: 'Accept the service notice',
    session: true,
    request: s.noticeAcceptance,
    status: 204,
    answer: null,
    problems: ['VALIDATION_FAILED'],
  }),
  register: route({
    method: 'POST',
    path: '/accounts',
    summary: 'Register an account',
    session: false,
    request: s.registration,
    status: 201,
    answer: s.account,
    problems: [
      'USERNAME_TAKEN',
      'ID_ALREADY_REGISTERED',
      'VALIDATION_FAILED',
      'CHALLENGE_REQUIRED',
      'CHALLENGE_FAILED',
      'FEATURE_NOT_AVAILABLE',
    ],
  }),
  logIn: route({
    method: 'POST',
    path: '/sessions',
    summary: 'Log in',
    session: false,
    request: s.credentials,
    status: 201,
    answer: s.session,
    problems: ['INVALID_CREDENTIALS', 'ACCOUNT_LOCKED', 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED'],
  }),
  startQrLogin: route({
    method: 'POST',
    path: '/sessions/qr',
    summary: 'Start a login by QR code',
    session: false,
    status: 201,
    answer: s.qrLogin,
    problems: ['FEATURE_NOT_AVAILABLE'],
  }),
  qrLogin: route({
    method: 'GET',
    path: '/sessions/qr/{id}',
    summary: 'How far a login by QR code is',
    session: false,
    status: 200,
    answer: s.qrLoginState,
    problems: ['NOT_FOUND'],
  }),
  logOut: route({
    method: 'DELETE',
    path: '/sessions/current',
    summary: 'Log out',
    session: true,
    status: 204,
    answer: null,
    problems: [],
  }),
  certificates: route({
    method: 'GET',
    path: '/certificates',
    summary: "The holder's certificates, a page at a time",
    session: true,
    query: ['cursor'],
    status: 200,
    answer: s.certificatePage,
    problems: ['VALIDATION_FAILED'],
  }),
  certificate: route({
    method: 'GET',
    path: '/certificates/{id}',
    summary: 'One certificate',
    session: true,
    status: 200,
    answer: s.certificate,
    problems: ['NOT_FOUND'],
  }),
  annotations: route({
    method: 'GET',
    path: '/certificates/{id}/annotations',
    summary: 'Annotations so far, the latest first, and the slots',
    session: true,
    status: 200,
    answer: s.annotationList,
    problems: ['NOT_FOUND'],
  }),
  submitAnnotation: route({
    method: 'POST',
    path: '/certificates/{id}/annotations',
    summary: 'Apply for an annotation',
    session: true,
    request: s.annotationRequest,
    status: 201,
    answer: s.annotation,
    problems: [
      'NOT_FOUND',
      'QUOTA_EXHAUSTED',
      'CERTIFICATE_REVOKED',
      'ANNOTATION_NOT_REQUIRED',
      'IDEMPOTENCY_KEY_REUSED',
      'VALIDATION_FAILED',
      'SCENARIO_NOT_SUPPORTED',
      'VALID_DAYS_OUT_OF_RANGE',
      'NOTICE_NOT_ACCEPTED',
    ],
  }),
  annotation: route({
    method: 'GET',
    path: '/annotations/{id}',
    summary: 'One annotation',
    session: true,
    status: 200,
    answer: s.annotation,
    problems: ['NOT_FOUND'],
  }),
  annotationFile: route({
    method: 'GET',
    path: '/annotations/{id}/file',
    summary: 'The annotated copy',
    session: true,
    status: 200,
    answer: 'pdf',
    problems: [
      'NOT_FOUND',
      'ANNOTATION_GENERATING',
      'ANNOTATION_FAILED',
      'ANNOTATION_EXPIRED',
      'CERTIFICATE_REVOKED',
      'FILE_CHANGED',
      'RANGE_NOT_SATISFIABLE',
    ],
  }),
  certificateFile: route({
    method: 'GET',
    path: '/certificates/{id}/file',
    summary: 'The certificate, where no annotation is required',
    session: true,
    status: 200,
    answer: 'pdf',
    problems: ['NOT_FOUND', 'ANNOTATION_REQUIRED', 'CERTIFICATE_REVOKED', 'FILE_CHANGED', 'RANGE_NOT_SATISFIABLE'],
  }),
  lookup: route({
    method: 'POST',
    path: '/lookups',
    summary: 'The third-party check',
    session: false,
    request: s.lookup,
    status: 200,
    answer: s.lookupResult,
    problems: ['VALIDATION_FAILED', 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED', 'FEATURE_NOT_AVAILABLE'],
  }),
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
