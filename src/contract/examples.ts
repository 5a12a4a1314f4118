/** One example of each shape, plainly fictitious: for the OpenAPI document, and for whoever reads it. */
import type { InferInput, InferOutput } from 'valibot';
import { PASSWORD_POLICY, USERNAME_POLICY } from '../domain/credential-policy.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type * as s from './schemas.ts';

type Example<Name extends keyof typeof s> = InferInput<(typeof s)[Name]>;

const quota: Example<'quota'> = { limit: 3, windowDays: 90, used: 1, remaining: 2, nextSlotOn: '2027-02-22' };

const annotation: Example<'annotation'> = {
  id: 'a-0001',
  certificateId: 'c-nurse-2023',
  scenario: 'self',
  validDays: 90,
  status: 'ready',
  requestedAt: '2026-11-24T10:00:00+08:00',
  readyAt: '2026-11-24T10:00:03+08:00',
  validUntil: '2027-02-22',
  clientReference: '6f1d2c3b-0000-4000-8000-000000000001',
};

const certificate: Example<'certificate'> = {
  id: 'c-nurse-2023',
  kind: 'certificate',
  qualification: '护士执业资格',
  holderName: '样张甲',
  idNumberMasked: '999999********0016',
  certificateNumber: 'ZS202300002',
  managementNumber: 'GL2023083100002',
  enquiryNumber: 'CX00002',
  approvedOn: '2023-07-02',
  issuedOn: '2023-08-31',
  issuer: '样张发证中心（演示）',
  status: 'valid',
  annotationRequired: true,
  annotation,
  quota,
};

const session: Example<'session'> = {
  accessToken: 'example-token-0001',
  expiresAt: '2026-11-24T10:30:00+08:00',
  holder: { name: '样张甲', idType: 'resident-id', idNumberMasked: '999999********0016' },
  notice: { version: '2026-01', accepted: true },
};

const challenge: InferOutput<typeof s.challenge> = {
  id: 'ch-0001',
  kind: 'sms',
  prompt: '请输入短信验证码',
  expiresAt: '2026-11-24T10:05:00+08:00',
};

const challengeAnswer: Example<'challengeAnswer'> = { id: 'ch-0001', answer: '000000' };

export const EXAMPLES: { readonly [Name in keyof typeof s]: Example<Name> } = {
  meta: {
    name: '电子证书演示网站（样张）',
    apiVersion: '1.0',
    timeZone: 'Asia/Shanghai',
    scenarios: [{ code: 'self', label: { zh: '本人调用', en: 'used by the holder' } }],
    maxValidDays: 90,
    quota: { limit: 3, windowDays: 90 },
    annotationRequiredAfter: '2021-12-17',
    passwordPolicy: {
      ...PASSWORD_POLICY,
      description: {
        zh: '8 至 15 个字符，须含大写字母、小写字母和数字',
        en: '8 to 15 characters, upper and lower case and digit',
      },
    },
    usernamePolicy: {
      ...USERNAME_POLICY,
      description: { zh: '5 至 20 个字母、数字或下划线', en: '5 to 20 letters, digits or _' },
    },
    idTypes: [{ code: 'resident-id', label: { zh: '居民身份证', en: 'resident identity card' } }],
    helplines: ['000-00000000（演示）'],
    noticeVersion: '2026-01',
    features: { idempotentSubmit: true, echoReference: true, qrLogin: true, registration: true, lookup: true },
  },
  notice: { version: '2026-01', title: '服务须知（样张）', body: '一、……\n二、……' },
  noticeAcceptance: { version: '2026-01' },
  quota,
  annotation,
  certificate,
  certificatePage: { items: [certificate], nextCursor: null },
  annotationList: { items: [annotation], quota },
  annotationRequest: { scenario: 'self', validDays: 90, clientReference: '6f1d2c3b-0000-4000-8000-000000000001' },
  challenge,
  challengeAnswer,
  credentials: { username: 'demo_nurse', password: 'Sandbox2026', challenge: challengeAnswer },
  session,
  qrLogin: { id: 'qr-0001', payload: 'https://portal.example/qr/qr-0001', expiresAt: '2026-11-24T10:03:00+08:00' },
  qrLoginState: { status: 'confirmed', session },
  registration: {
    username: 'demo_person',
    password: 'Sample2026',
    idType: 'resident-id',
    idNumber: '999999199001010999',
    name: '样张庚',
    phone: '00000000000',
  },
  account: { username: 'demo_person' },
  lookup: {
    name: '样张甲',
    idNumber: '999999199001010016',
    managementNumber: 'GL2023083100002',
    challenge: challengeAnswer,
  },
  lookupResult: {
    found: true,
    status: 'valid',
    qualification: '护士执业资格',
    certificateNumber: 'ZS202300002',
    managementNumber: 'GL2023083100002',
    enquiryNumber: 'CX00002',
    approvedOn: '2023-07-02',
    issuedOn: '2023-08-31',
    issuer: '样张发证中心（演示）',
  },
};

/** What a problem tells besides its code. */
export const PROBLEM_FACTS: { readonly [C in ProblemCode]?: Partial<Problem> } = {
  INVALID_CREDENTIALS: { attemptsLeft: 4 },
  ACCOUNT_LOCKED: { until: '2026-11-24T10:15:00+08:00' },
  CHALLENGE_REQUIRED: { challenge },
  CHALLENGE_FAILED: { challenge },
  QUOTA_EXHAUSTED: { nextSlotOn: '2026-12-24' },
  ANNOTATION_EXPIRED: { validUntil: '2026-11-23' },
  VALIDATION_FAILED: { fields: [{ field: 'username', message: 'does not follow the policy' }] },
};
