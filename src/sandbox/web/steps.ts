/** What each step of the journey does, whatever the layout. A step without its work does not compile. */
import { html } from 'hono/html';
import type { RouteName } from '../../contract/routes.ts';
import { MAX_VALID_DAYS } from '../../domain/published-rules.ts';
import { type CertificateAnswer, NOTICE_VERSION } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { redirectTo } from './answers.ts';
import { fileResponse, isFileOfCertificate, viewerPage } from './files.ts';
import type { FormGuard } from './form-guard.ts';
import type { Answer, Html, Step } from './layout.ts';
import { logIn, qrLogin } from './logging-in.ts';
import { ACCOUNTS_HINT } from './parts.ts';
import { sessionCookie, type Visit } from './visit.ts';

export interface StepDefinition {
  /** The route that it stands for: faults that are meant for it come here too. */
  readonly route?: RouteName | ((visit: Visit) => RouteName);
  /** Whether it changes something as the layout's sites do: by GET or by POST. */
  readonly acts?: boolean;
  readonly isSubmission?: boolean;
  /** Where a refusal leads back to; the first page when left out. */
  readonly back?: Step;
  readonly work: (visit: Visit, guard: FormGuard) => Answer | Promise<Answer>;
}

const fileRoute = (visit: Visit): RouteName =>
  isFileOfCertificate(visit.field('id')) ? 'certificateFile' : 'annotationFile';

export const STEPS: Readonly<Record<Step, StepDefinition>> = {
  home: { work: ({ layout, view }) => layout.home(view) },
  top: { work: ({ layout, view }) => layout.frame?.(view, 'top') ?? layout.home(view) },
  welcome: { work: ({ layout, view }) => layout.frame?.(view, 'welcome') ?? layout.home(view) },
  entry: { work: ({ layout, view }) => layout.entry(view) },
  register: {
    work: ({ layout, view }) =>
      layout.page(
        view,
        view.labels.register,
        html`<p>演示网站不在网页上办理注册和找回，账号已经备好。</p>${ACCOUNTS_HINT}`,
      ),
  },
  login: { route: 'logIn', work: logIn },
  qr: { route: (visit) => (visit.field('id') === '' ? 'startQrLogin' : 'qrLogin'), work: qrLogin },
  notice: { route: 'notice', work: noticePage },
  accept: {
    route: 'acceptNotice',
    acts: true,
    work: async (visit) => {
      await visit.call('acceptNotice', { body: { version: NOTICE_VERSION } });
      return redirectTo(visit.view.url('list'));
    },
  },
  logout: {
    route: 'logOut',
    work: (visit) => {
      visit.endSession();
      return redirectTo('/web/', sessionCookie(undefined));
    },
  },
  list: { route: 'certificates', work: afterNotice(list) },
  info: {
    route: 'certificate',
    back: 'list',
    work: afterNotice(async (visit) => visit.layout.info(visit.view, await certificateOf(visit))),
  },
  detail: {
    route: 'certificate',
    back: 'list',
    work: afterNotice(async (visit) => visit.layout.detail(visit.view, await certificateOf(visit))),
  },
  form: {
    route: 'annotations',
    back: 'detail',
    work: afterNotice(async (visit, guard) => {
      const certificate = await certificateOf(visit);
      const { quota } = await visit.call('annotations', { id: certificate.id, body: undefined });
      const { remaining, nextSlotOn } = quota;
      if (remaining === 0) throw new Refusal('QUOTA_EXHAUSTED', nextSlotOn === null ? {} : { nextSlotOn });
      const token = guardOf(visit) === 'token' ? guard.issue(visit.newId()) : undefined;
      return visit.layout.form(visit.view, { certificate, token });
    }),
  },
  limits: { work: () => new Response(String(MAX_VALID_DAYS), { headers: { 'content-type': 'text/plain' } }) },
  submit: { route: 'submitAnnotation', acts: true, isSubmission: true, back: 'form', work: submit },
  file: { route: fileRoute, back: 'detail', work: fileResponse },
  viewer: { back: 'detail', work: afterNotice(async (visit) => viewerPage(visit.view, await certificateOf(visit))) },
};

/** @throws Refusal SESSION_EXPIRED before it shows the notice to anybody */
function afterNotice(work: StepDefinition['work']): StepDefinition['work'] {
  return (visit, guard) => (visit.hasAcceptedNotice ? work(visit, guard) : noticePage(visit));
}

async function noticePage(visit: Visit): Promise<Html> {
  return visit.layout.notice(visit.view, await visit.call('notice', { body: undefined }));
}

const guardOf = ({ layout, registry }: Visit) => registry.state.web.guard ?? layout.guard;

const certificateOf = (visit: Visit): Promise<CertificateAnswer> =>
  visit.call('certificate', { id: visit.field('id'), body: undefined });

async function list(visit: Visit): Promise<Html> {
  const from = visit.field('from');
  const query = from === '' ? new URLSearchParams() : new URLSearchParams({ cursor: from });
  const { items, nextCursor } = await visit.call('certificates', { query, body: undefined });
  return visit.layout.list(visit.view, { certificates: items, next: nextCursor ?? null });
}

/** The guard comes first, as on sites that have one; the rules are those of the route. */
async function submit(visit: Visit, guard: FormGuard): Promise<Answer> {
  const { layout, view, registry } = visit;
  const id = visit.field('id');
  const scenario = visit.field(layout.fields.scenario);
  const days = visit.field(layout.fields.days).trim();
  const validDays = /^\d{1,4}$/.test(days) ? Number(days) : 0;
  const { items } = await visit.call('annotations', { id, body: undefined });
  const application = { token: visit.field('token'), scenario, validDays, now: registry.now, latest: items[0] };
  guard.pass(guardOf(visit), application);
  const reference = visit.newId();
  await visit.call('submitAnnotation', {
    id,
    headers: new Headers({ 'idempotency-key': reference }),
    body: { scenario, validDays, clientReference: reference },
  });
  return layout.submitted(view, await certificateOf(visit));
}
