/** Answers every request under `/web/`: finds the step, meets the faults, turns refusals into sentences. */
import { ROUTES, type RouteName } from '../../contract/routes.ts';
import { serveWithFaults } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import { pageResponse, redirectTo, troublePage, unknownPage } from './answers.ts';
import { FormGuard } from './form-guard.ts';
import { type Html, STEP_NAMES, type Step } from './layout.ts';
import { loginPage } from './logging-in.ts';
import { FormRefusal, sentenceOf } from './sentences.ts';
import { STEPS, type StepDefinition } from './steps.ts';
import { Visit, type WebHost } from './visit.ts';

/** The web pages as a function; guards are its own, all else is the host's. */
export function createWebFace(host: WebHost): (request: Request) => Promise<Response> {
  const guard = new FormGuard();
  return async (request) => {
    const visit = await Visit.of(host, request);
    if (visit.address.pathname === '/web') return redirectTo('/web/');
    const name = visit.address.pathname === '/web/' ? 'home' : visit.layout.stepAt(visit.address);
    const step = STEP_NAMES.find((known) => known === name);
    const work = () => answered(visit, step, guard);
    const route = step === undefined ? undefined : routeMet(visit, STEPS[step]);
    const response = await (route === undefined ? work() : serveWithFaults(host.state, route, metBy(visit), work));
    await host.save();
    const isProblem = response.headers.get('content-type') === 'application/problem+json';
    return isProblem ? pageResponse(troublePage(response.status), response.status) : response;
  };
}

/** The route whose faults a step meets. Who has no session is shown the login page instead: no fault is spent on that. */
function routeMet(visit: Visit, { route, acts }: StepDefinition): RouteName | undefined {
  const name = typeof route === 'function' ? route(visit) : route;
  return name === undefined || acts || !ROUTES[name].session || visit.isLoggedIn ? name : undefined;
}

function metBy(visit: Visit) {
  const { pathname, search } = visit.address;
  const href = visit.request.method === 'GET' ? pathname + search : '/web/';
  const page = String(unknownPage(href));
  return {
    requestId: visit.newId(),
    url: visit.request.url,
    endSession: () => visit.endSession(),
    unknownPage: () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  };
}

async function answered(visit: Visit, step: Step | undefined, guard: FormGuard): Promise<Response> {
  const { layout, view } = visit;
  const home = { href: view.url('home') };
  if (step === undefined) return pageResponse(layout.message(view, '没有这个页面', home), 404);
  const { work, acts, isSubmission, back = 'home' }: StepDefinition = STEPS[step];
  if (acts && visit.request.method !== layout.actsBy)
    return pageResponse(layout.message(view, '请从页面上办理', home), 405);
  try {
    return await asResponse(await work(visit, guard));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'SESSION_EXPIRED') return sessionOver(visit);
    if (!(error instanceof Refusal || error instanceof FormRefusal)) throw error;
    const sentence = error instanceof Refusal ? sentenceOf(error) : error.sentence;
    const next = { href: view.url(back, { id: visit.field('id') }) };
    return asResponse(isSubmission ? layout.refused(view, sentence, next) : layout.message(view, sentence, next));
  }
}

const asResponse = async (answer: Html | Response): Promise<Response> =>
  answer instanceof Response ? answer : pageResponse(answer);

function sessionOver(visit: Visit): Promise<Response> | Response {
  if (visit.view.isFragment) return new Response(null, { status: 401 });
  return asResponse(loginPage(visit, visit.hasCookie ? '登录已超时，请重新登录' : undefined));
}
