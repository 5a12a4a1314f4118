import { describe, it } from 'vitest';
import type { ProblemCode } from '../../src/contract/problem.ts';
import type { ROUTES, RouteName } from '../../src/contract/routes.ts';
import { type Ask, PASSWORD, type PortalAsker } from './portal-asker.ts';

/** Brings the portal to the point where what it returns is refused. */
type Provoke = (portal: PortalAsker) => Promise<Ask> | Ask;

const CREDENTIALS = { username: 'demo_nurse', password: PASSWORD };
const PERSON = {
  username: 'new_person',
  password: 'Abcdefg1',
  idType: 'resident-id',
  idNumber: '11010519491231002X',
  name: '样张',
  phone: '00000000000',
};
const FACTS = { name: '样张甲', idNumber: '999999199001010016', managementNumber: 'GL2023083100002' };
const WRONG_ANSWER = { id: 'nothing', answer: '000000' };

const as =
  (username: string, details: Ask): Provoke =>
  async ({ logIn }) => ({ token: await logIn(username), ...details });

const applying =
  (username: string, id: string, more: object = {}): Provoke =>
  async ({ logIn, application }) => ({ token: await logIn(username), id, ...application(undefined, more) });

const challenged =
  (body: object): Provoke =>
  async ({ control }) => {
    await control('POST', '/settings', { challenge: 'sms' });
    return { body };
  };

const without =
  (feature: string, details: Ask): Provoke =>
  async ({ control }) => {
    await control('POST', '/settings', { features: { [feature]: false } });
    return details;
  };

/** A listed problem without its case does not compile. */
const PROVOKE: {
  readonly [N in RouteName]: { readonly [C in (typeof ROUTES)[N]['problems'][number]]: Provoke };
} = {
  meta: {},
  notice: {},
  acceptNotice: { VALIDATION_FAILED: as('demo_new', { body: { version: 'another' } }) },
  register: {
    USERNAME_TAKEN: () => ({ body: { ...PERSON, username: 'demo_nurse' } }),
    ID_ALREADY_REGISTERED: () => ({ body: { ...PERSON, idNumber: FACTS.idNumber } }),
    VALIDATION_FAILED: () => ({ body: { ...PERSON, password: 'short' } }),
    CHALLENGE_REQUIRED: challenged(PERSON),
    CHALLENGE_FAILED: challenged({ ...PERSON, challenge: WRONG_ANSWER }),
    FEATURE_NOT_AVAILABLE: without('registration', { body: PERSON }),
  },
  logIn: {
    INVALID_CREDENTIALS: () => ({ body: { ...CREDENTIALS, username: 'nobody' } }),
    ACCOUNT_LOCKED: async ({ ask }) => {
      const wrong = { ...CREDENTIALS, password: 'Wrong2026x' };
      for (let attempt = 0; attempt < 5; attempt += 1) await ask('logIn', { body: wrong });
      return { body: CREDENTIALS };
    },
    CHALLENGE_REQUIRED: challenged(CREDENTIALS),
    CHALLENGE_FAILED: challenged({ ...CREDENTIALS, challenge: WRONG_ANSWER }),
  },
  startQrLogin: { FEATURE_NOT_AVAILABLE: without('qrLogin', {}) },
  qrLogin: { NOT_FOUND: () => ({ id: 'nothing' }) },
  logOut: {},
  certificates: { VALIDATION_FAILED: as('demo_many', { query: '?cursor=nothing' }) },
  certificate: { NOT_FOUND: as('demo_nurse', { id: 'nothing' }) },
  annotations: { NOT_FOUND: as('demo_nurse', { id: 'nothing' }) },
  submitAnnotation: {
    NOT_FOUND: applying('demo_nurse', 'nothing'),
    QUOTA_EXHAUSTED: applying('demo_full', 'c-full'),
    CERTIFICATE_REVOKED: applying('demo_mixed', 'c-mixed-revoked'),
    ANNOTATION_NOT_REQUIRED: applying('demo_nurse', 'c-nurse-2019'),
    IDEMPOTENCY_KEY_REUSED: async ({ logIn, answer, application }) => {
      const token = await logIn('demo_nurse');
      await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-used') });
      return { token, id: 'c-nurse-2023', ...application('reference-used', { clientReference: 'reference-other' }) };
    },
    VALIDATION_FAILED: applying('demo_nurse', 'c-nurse-2023', { clientReference: 'short' }),
    SCENARIO_NOT_SUPPORTED: applying('demo_nurse', 'c-nurse-2023', { scenario: 'court' }),
    VALID_DAYS_OUT_OF_RANGE: applying('demo_nurse', 'c-nurse-2023', { validDays: 91 }),
    NOTICE_NOT_ACCEPTED: applying('demo_new', 'c-new'),
  },
  annotation: { NOT_FOUND: as('demo_nurse', { id: 'nothing' }) },
  annotationFile: {
    NOT_FOUND: as('demo_nurse', { id: 'nothing' }),
    ANNOTATION_GENERATING: as('demo_mixed', { id: 'a-mixed-generating' }),
    ANNOTATION_FAILED: async ({ control, logIn, answer, application }) => {
      await control('POST', '/settings', { failNextGeneration: 'demonstration', generateAfterMs: 0 });
      const token = await logIn('demo_nurse');
      const { id } = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application() });
      return { token, id };
    },
    ANNOTATION_EXPIRED: as('demo_mixed', { id: 'a-mixed-expired' }),
    CERTIFICATE_REVOKED: async ({ control, logIn }) => {
      await control('POST', '/revoke', { id: 'c-mixed-ready' });
      return { token: await logIn('demo_mixed'), id: 'a-mixed-ready' };
    },
    FILE_CHANGED: as('demo_mixed', { id: 'a-mixed-ready', headers: { 'if-match': '"another"' } }),
    RANGE_NOT_SATISFIABLE: as('demo_mixed', { id: 'a-mixed-ready', headers: { range: 'bytes=999999999-' } }),
  },
  certificateFile: {
    NOT_FOUND: as('demo_nurse', { id: 'nothing' }),
    ANNOTATION_REQUIRED: as('demo_nurse', { id: 'c-nurse-2023' }),
    CERTIFICATE_REVOKED: as('demo_mixed', { id: 'c-mixed-revoked' }),
    FILE_CHANGED: as('demo_nurse', { id: 'c-nurse-2019', headers: { 'if-match': '"another"' } }),
    RANGE_NOT_SATISFIABLE: as('demo_nurse', { id: 'c-nurse-2019', headers: { range: 'bytes=999999999-' } }),
  },
  lookup: {
    VALIDATION_FAILED: () => ({ body: { name: '样张甲' } }),
    CHALLENGE_REQUIRED: () => ({ body: FACTS }),
    CHALLENGE_FAILED: () => ({ body: { ...FACTS, challenge: WRONG_ANSWER } }),
    FEATURE_NOT_AVAILABLE: without('lookup', { body: FACTS }),
  },
};

const CASES = Object.entries(PROVOKE).flatMap(([name, codes]) =>
  Object.entries(codes).map(([code, provoke]) => [name as RouteName, code as ProblemCode, provoke as Provoke] as const),
);

export function problemsContract(portal: PortalAsker): void {
  describe('a problem', () => {
    it.each(CASES)('%s: %s', async (name, code, provoke) => {
      await portal.refusal(name, await provoke(portal), code);
    });
  });
}
