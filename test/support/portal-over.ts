import type { Annotation, Certificate } from '../../src/contract/schemas.ts';
import { createHolderPortal, createPortal } from '../../src/portal/client.ts';
import type { ActiveSession, Sessions } from '../../src/ports/sessions.ts';
import { type Answer, fakeFetch, httpOver } from './fake-fetch.ts';

const ORIGIN = 'https://portal.example';

/** The clients over a portal that gives these answers; `renewal` is the token, or failure, of a second login. */
export function portalOver(answers: (Answer | Error)[], { renewal }: { renewal?: string | Error } = {}) {
  const { fetch, requests } = fakeFetch(...answers);
  let session: ActiveSession = { accessToken: 'first-token', source: 'none' };
  const refused: string[] = [];
  const sessions: Pick<Sessions, 'current' | 'renew'> = {
    current: async () => session,
    async renew({ accessToken }) {
      refused.push(accessToken);
      if (renewal instanceof Error) throw renewal;
      if (renewal === undefined) return undefined;
      session = { accessToken: renewal, source: 'none' };
      return session;
    },
  };
  const { http, lines } = httpOver(fetch);
  const portal = createPortal({ http, origin: ORIGIN });
  const holderPortal = createHolderPortal({ http, origin: ORIGIN, sessions });
  const tokens = () => requests.map(({ headers }) => headers.authorization);
  return { portal, holderPortal, requests, tokens, lines, refused };
}

export const annotation: Annotation = {
  id: 'a-1',
  certificateId: 'c-1',
  scenario: 'self',
  validDays: 90,
  status: 'generating',
  requestedAt: '2026-11-24T08:00:00+08:00',
};

export const certificate: Certificate = {
  id: 'c-1',
  kind: 'certificate',
  qualification: '执业护士',
  holderName: '样例',
  idNumberMasked: '11**************11',
  certificateNumber: 'N-1',
  managementNumber: 'M-1',
  approvedOn: '2022-05-01',
  issuedOn: '2022-06-01',
  issuer: '样张考试中心',
  status: 'valid',
  annotationRequired: true,
  annotation: null,
  quota: null,
};
