/** One request to the web pages: its fields, its session, and the calls that it makes of the routes. */
import { parse, serialize } from 'hono/utils/cookie';
import { ROUTES, type Route, type RouteName } from '../../contract/routes.ts';
import { type AnswerOf, callRoute, type HANDLERS } from '../handlers.ts';
import type { PdfIssuer } from '../pdf-issuer.ts';
import { NOTICE_VERSION } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { Registry } from '../registry.ts';
import type { Account, State } from '../state.ts';
import { LABELS } from './labels.ts';
import type { Layout, View } from './layout.ts';
import { layoutA } from './layout-a.ts';
import { layoutB } from './layout-b.ts';
import { layoutC } from './layout-c.ts';

/** What the web pages share with the API. */
export interface WebHost {
  readonly state: State;
  readonly pdfs: PdfIssuer;
  readonly newId: () => string;
  registryNow(): Registry;
  /** The state as it is now is durable when this resolves. */
  save(): Promise<void>;
}

const LAYOUTS: Readonly<Record<'A' | 'B' | 'C', Layout>> = { A: layoutA, B: layoutB, C: layoutC };
const COOKIE = 'cert_sandbox_session';
const PAGE_SIZE = 20;

type CallOf<N extends RouteName> = Parameters<(typeof HANDLERS)[N]>[0];
type Asked<N extends RouteName> = Pick<CallOf<N>, 'body'> & Partial<Pick<CallOf<N>, 'id' | 'query' | 'headers'>>;
type Answer<N extends RouteName> = AnswerOf<(typeof ROUTES)[N]>;

export class Visit {
  readonly request: Request;
  readonly address: URL;
  readonly registry: Registry;
  readonly layout: Layout;
  readonly view: View;
  /** The fields of the form that was sent, else of the address. */
  readonly fields: URLSearchParams;
  readonly #host: WebHost;
  readonly #session: string | undefined;

  private constructor(host: WebHost, request: Request, form: string) {
    const { web } = host.state;
    const layout = LAYOUTS[web.layout];
    this.#host = host;
    this.request = request;
    this.address = new URL(request.url);
    this.fields = new URLSearchParams([...new URLSearchParams(form), ...this.address.searchParams]);
    this.registry = host.registryNow();
    this.layout = layout;
    this.#session = parse(request.headers.get('cookie') ?? '', COOKIE)[COOKIE];
    this.view = {
      labels: LABELS[web.labels],
      layout,
      download: web.download ?? layout.download,
      hasAnnouncement: web.announcement,
      isFragment: request.headers.get('x-requested-with') === 'XMLHttpRequest',
      url: (step, params = {}) => layout.url(step, params),
    };
  }

  static async of(host: WebHost, request: Request): Promise<Visit> {
    return new Visit(host, request, request.method === 'POST' ? await request.text() : '');
  }

  /** Whether there was a session once: one that is over is told, none is not. */
  get hasCookie(): boolean {
    return this.#session !== undefined;
  }

  /** @throws Refusal SESSION_EXPIRED */
  get holder(): Account {
    return this.registry.holderOf(this.#authorization);
  }

  get isLoggedIn(): boolean {
    try {
      return this.holder !== undefined;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  get hasAcceptedNotice(): boolean {
    return this.holder.acceptedNotice === NOTICE_VERSION;
  }

  field(name: string): string {
    return this.fields.get(name) ?? '';
  }

  newId(): string {
    return this.#host.newId();
  }

  /** @throws Refusal as the route does */
  async call<N extends RouteName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    const answer = await this.#callRoute(name, asked);
    return answer instanceof Response ? answer.json() : (answer as Answer<N>);
  }

  /** The PDF of a certificate or of an annotation, or the part that `headers` ask for. @throws Refusal as the route does */
  async file(name: 'annotationFile' | 'certificateFile', id: string, headers: Headers): Promise<Response> {
    return (await this.#callRoute(name, { id, headers, body: undefined })) as Response;
  }

  #callRoute<N extends RouteName>(name: N, { id, query, headers, body }: Asked<N>) {
    const route: Route = ROUTES[name];
    const call = {
      registry: this.registry,
      id,
      query: query ?? new URLSearchParams(),
      headers: headers ?? new Headers(),
      body,
      holder: route.session ? this.holder : undefined,
      pdfs: this.#host.pdfs,
      pageSize: PAGE_SIZE,
    };
    return callRoute(name, call as unknown as CallOf<N>);
  }

  endSession(): void {
    this.registry.endSession(this.#authorization);
  }

  get #authorization(): string {
    return `Bearer ${this.#session ?? ''}`;
  }
}

/** A cookie of the browser's session; undefined ends it. */
export const sessionCookie = (accessToken: string | undefined): string =>
  serialize(COOKIE, accessToken ?? '', {
    path: '/web/',
    httpOnly: true,
    sameSite: 'Strict',
    ...(accessToken === undefined ? { maxAge: 0 } : {}),
  });
