/** The reference portal: every route of the contract and every rule of the domain, as one Request → Response function. */
import { isDeepStrictEqual } from 'node:util';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { API_PREFIX, ROUTES, type Route, type RouteName } from '../contract/routes.ts';
import type { Meta } from '../contract/schemas.ts';
import { shanghaiTime } from '../domain/calendar.ts';
import { CONTROLS } from './controls.ts';
import { serveWithFaults } from './faults.ts';
import { callRoute } from './handlers.ts';
import { PdfIssuer } from './pdf-issuer.ts';
import { seedAccounts, seedAnnotations } from './people.ts';
import { problemResponse, Refusal } from './refusal.ts';
import { type Asked, Registry } from './registry.ts';
import type { ChallengeKind, SignatureKind, State, StateStore } from './state.ts';
import { forbidden, isFromNoWebPage, isFromOwnPages } from './web-pages.ts';
import { WEB_DEFAULTS, type WebSettings } from './web-settings.ts';

export interface SandboxOptions {
  /** The clock on the wall; `/sandbox/clock` moves the sandbox's own away from it. */
  readonly now: () => Date;
  /** Ids and tokens nobody can guess: letters, digits and `-`. */
  readonly newId: () => string;
  /** Keeps the state; in memory when left out. */
  readonly store?: StateStore | undefined;
  /** Until an annotation is ready: 3 s when left out, at most 366 days. */
  readonly generateAfterMs?: number | undefined;
  readonly challenge?: ChallengeKind | undefined;
  /** What its PDFs are signed with from now on; as the state has it when left out, at first P-256. */
  readonly signature?: SignatureKind | undefined;
  /** 30 min when left out, at most 366 days. */
  readonly sessionLifeMs?: number | undefined;
  readonly features?: Partial<Meta['features']> | undefined;
  /** How its web pages are from now on; as the state has it when left out. */
  readonly web?: Partial<WebSettings> | undefined;
  /** Told what a person has to answer: where no phone is, somebody else must tell. */
  readonly onAsked?: ((asked: Asked) => void) | undefined;
  /** Certificates a page. */
  readonly pageSize?: number | undefined;
}

export interface Sandbox {
  handle(request: Request): Promise<Response>;
  /** The root of what signs its PDFs, PEM; it is kept when this answers. */
  trustAnchor(): Promise<string>;
}

const MAX_BODY_BYTES = 64 * 1024;
const UNKNOWN_PAGE = '<html><body><h1>样张 SAMPLE</h1></body></html>';

const freshState = (options: SandboxOptions): State => ({
  schemaVersion: 2,
  createdAt: shanghaiTime(options.now()),
  clockOffsetMs: 0,
  generateAfterMs: options.generateAfterMs ?? 3_000,
  failNextGeneration: null,
  challenge: options.challenge ?? 'none',
  signature: options.signature ?? 'p256',
  sessionLifeMs: options.sessionLifeMs ?? 30 * 60_000,
  features: {
    idempotentSubmit: true,
    echoReference: true,
    qrLogin: true,
    registration: true,
    lookup: true,
    ...options.features,
  },
  web: { ...WEB_DEFAULTS, ...options.web },
  accounts: seedAccounts(),
  annotations: seedAnnotations(options.now()),
  revoked: [],
  sessions: {},
  challenges: {},
  qrLogins: {},
  faults: [],
  received: { submissions: 0, logIns: {} },
});

export function createSandbox(options: SandboxOptions): Sandbox {
  const { store, newId, pageSize = 100 } = options;
  const state = store?.load() ?? freshState(options);
  const { signature = state.signature } = options;
  const chosen = { signature, web: { ...state.web, ...options.web } };
  const isKept = isDeepStrictEqual(chosen, { signature: state.signature, web: state.web });
  Object.assign(state, chosen);
  const choiceKept = isKept ? undefined : store?.save(state);
  choiceKept?.catch(() => undefined);
  const pdfs = new PdfIssuer({
    load: () => state.pki,
    save: async (pki) => {
      const { pki: before } = state;
      // Whatever else is saved meanwhile is saved with it.
      state.pki = pki;
      try {
        await store?.save(state);
      } catch (error) {
        state.pki = before;
        throw error;
      }
    },
  });
  const registryNow = () =>
    new Registry(state, new Date(options.now().getTime() + state.clockOffsetMs), newId, options.onAsked);
  const app = new Hono();
  app.use('/sandbox/*', async ({ req }, next) => (isFromNoWebPage(req.raw) ? next() : forbidden(newId())));
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => problemResponse({ code: 'REQUEST_TOO_LARGE', requestId: newId() }),
    }),
  );

  const serve = async (name: RouteName, request: Request, id?: string): Promise<Response> => {
    const route: Route = ROUTES[name];
    const registry = registryNow();
    const { headers } = request;
    // Routes without a session never look at the holder.
    const holder = route.session ? registry.holderOf(headers.get('authorization') ?? undefined) : (undefined as never);
    const body = (route.request === undefined ? undefined : await validBody(route, request)) as undefined;
    const query = new URL(request.url).searchParams;
    const answer = await callRoute(name, { registry, id, query, headers, body, holder, pdfs, pageSize });
    if (answer instanceof Response) return answer;
    return route.answer === null ? new Response(null, { status: route.status }) : json(answer, route.status);
  };

  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Route = ROUTES[name];
    app.on(route.method, API_PREFIX + route.path.replace('{id}', ':id'), async (context) => {
      const requestId = newId();
      const request = context.req.raw;
      const answered = () => serve(name, request, context.req.param('id')).catch((error) => refused(error, requestId));
      const { faults } = state;
      const met = {
        requestId,
        url: request.url,
        endSession: () => registryNow().endSession(request.headers.get('authorization') ?? undefined),
        unknownPage: () => new Response(UNKNOWN_PAGE, { headers: { 'content-type': 'text/html' } }),
      };
      const response = await serveWithFaults(state, name, met, answered);
      // Durable before it is answered: a sandbox that is killed has not said more than it knows.
      if (route.method !== 'GET' || state.faults !== faults) await store?.save(state);
      return response;
    });
  }
  let webFace: Promise<(request: Request) => Promise<Response>> | undefined;
  app.all('/web/*', async ({ req }) => {
    if (!isFromOwnPages(req.raw)) return forbidden(newId());
    webFace ??= import('./web/web-face.ts').then(({ createWebFace }) =>
      createWebFace({ state, registryNow, pdfs, newId, save: async () => store?.save(state) }),
    );
    return (await webFace)(req.raw);
  });
  for (const [name, control] of Object.entries(CONTROLS)) {
    const [method = '', path = ''] = name.split(' ');
    app.on(method, path, async (context) => {
      try {
        const body = method === 'POST' ? parseJson(await context.req.text()) : context.req.query();
        const answer = control({ registry: registryNow(), body, fresh: () => freshState(options) });
        await store?.save(state);
        return json(answer, 200);
      } catch (error) {
        return refused(error, newId());
      }
    });
  }
  app.get('/sandbox/trust-anchor', async () => {
    const headers = { 'content-type': 'application/x-pem-file' };
    return new Response(await pdfs.trustAnchor(), { headers });
  });
  app.notFound(({ req }) => {
    const allow = methodsOf(req.path).join(', ');
    return allow === ''
      ? problemResponse({ code: 'NOT_FOUND', requestId: newId() })
      : problemResponse({ code: 'METHOD_NOT_ALLOWED', requestId: newId() }, { allow });
  });
  app.onError((error) =>
    problemResponse({ code: 'INTERNAL_ERROR', requestId: newId(), detail: String(error).slice(0, 500) }),
  );
  const trustAnchor = async () => {
    await choiceKept;
    return pdfs.trustAnchor();
  };
  return { handle: async (request) => app.fetch(request), trustAnchor };
}

const json = (answer: unknown, status: number): Response =>
  new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json' } });

function refused(error: unknown, requestId: string): Response {
  if (!(error instanceof Refusal)) throw error;
  return problemResponse({ code: error.code, requestId, ...error.details }, error.headers);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('MALFORMED_REQUEST', { detail: 'not JSON' });
  }
}

async function validBody({ request: schema }: Route, request: Request): Promise<unknown> {
  const result = v.safeParse(schema as v.GenericSchema, parseJson(await request.text()));
  if (result.success) return result.output;
  const fields = result.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message }));
  if (fields.some(({ field }) => field === 'validDays')) throw new Refusal('VALID_DAYS_OUT_OF_RANGE', { fields });
  throw new Refusal('VALIDATION_FAILED', { fields: fields.slice(0, 50) });
}

const PATHS = Object.values(ROUTES).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${API_PREFIX}${path.replace('{id}', '[^/]+')}$`),
}));
const methodsOf = (path: string): string[] =>
  PATHS.filter(({ pattern }) => pattern.test(path)).flatMap(({ method }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  );
