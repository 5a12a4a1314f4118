/** Goes through the sandbox's web pages as a person would, by what stands on buttons and links, without a browser. */
import type { Sandbox } from '../../src/sandbox/create-sandbox.ts';
import { isDropped } from '../../src/sandbox/faults.ts';

export const WEB_ORIGIN = 'http://127.0.0.1:8321';

/** White space and brackets make no other word. */
const bare = (label: string): string => label.replace(/[\s\u00a0[\]［］]/g, '');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string): string => text.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
const withoutTags = (html: string): string => unescaped(html.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' '));

type Fields = Readonly<Record<string, string>>;

interface Control {
  readonly label: string;
  readonly attributes: Fields;
  /** The form that it sends. */
  readonly form?: { readonly attributes: Fields; readonly fields: Fields };
}

const attributesOf = (tag: string): Fields =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  );

function controlsIn(html: string): Control[] {
  const found: Control[] = [];
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  for (const [, tag = '', inner = ''] of forms) {
    const inputs = [...inner.matchAll(/<input\b([^>]*)>/g)].map(([, input = '']) => attributesOf(input));
    const fields = Object.fromEntries(
      inputs.flatMap(({ name, value = '', type }) => (name && type === 'hidden' ? [[name, value]] : [])),
    );
    const form = { attributes: attributesOf(tag), fields };
    for (const { type, value = '' } of inputs)
      if (type === 'submit') found.push({ label: bare(value), attributes: {}, form });
    for (const [, , text = ''] of inner.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g))
      found.push({ label: bare(withoutTags(text)), attributes: {}, form });
  }
  for (const [, , tag = '', text = ''] of html.matchAll(/<(a|span)\b([^>]*)>([\s\S]*?)<\/\1>/g))
    found.push({ label: bare(withoutTags(text)), attributes: attributesOf(tag) });
  for (const [, tag = ''] of html.matchAll(/<input\b([^>]*type="button"[^>]*)>/g)) {
    const attributes = attributesOf(tag);
    found.push({ label: bare(attributes.value ?? ''), attributes });
  }
  return found;
}

export class WebVisitor {
  /** Of the answers that are shown: one, or one a frame. */
  pages: string[] = [];
  status = 0;
  /** The bytes of the last answer. */
  bytes = new Uint8Array();
  headers = new Headers();
  /** The last `Set-Cookie`. */
  cookieHeader = '';
  /** What the browser's own messages said. */
  readonly told: string[] = [];
  readonly #handle: Sandbox['handle'];
  #cookie: string | undefined;

  constructor(handle: Sandbox['handle']) {
    this.#handle = handle;
  }

  get text(): string {
    return this.pages.map(withoutTags).join('\n');
  }

  get hasSession(): boolean {
    return this.#cookie !== undefined;
  }

  get cookie(): string {
    return this.#cookie ?? '';
  }

  /** Whether a control with that label is in sight. */
  has(label: string): boolean {
    return this.pages.flatMap(controlsIn).some((control) => control.label === bare(label));
  }

  /** @throws Error where the connection would have ended without an answer */
  async open(path: string, init: RequestInit = {}): Promise<void> {
    const headers = new Headers(init.headers);
    headers.set('host', new URL(WEB_ORIGIN).host);
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie);
    const response = await this.#handle(new Request(new URL(path, WEB_ORIGIN), { ...init, headers }));
    if (isDropped(response)) throw new Error('no answer');
    this.#keepCookie(response.headers.get('set-cookie'));
    const location = response.headers.get('location');
    if (location !== null) return this.open(location);
    this.status = response.status;
    this.headers = response.headers;
    this.bytes = new Uint8Array(await response.arrayBuffer());
    const page = new TextDecoder().decode(this.bytes);
    const frames = [...page.matchAll(/<frame\b([^>]*)>/g)].map(([, tag = '']) => attributesOf(tag).src ?? '');
    if (frames.length > 0) {
      const pages: string[] = [];
      for (const frame of frames) {
        await this.open(frame);
        pages.push(...this.pages);
      }
      this.pages = pages;
      return;
    }
    this.pages = [page];
    await this.#follow(page);
  }

  /** Presses the one control with that label, in the row or card that holds `near` where there are several. */
  async press(label: string, { near, ...fields }: Fields = {}): Promise<void> {
    const blocks = this.pages.flatMap((page) => page.match(/<(tr|article|li)\b[\s\S]*?<\/\1>/g) ?? []);
    const within = near === undefined ? this.pages : blocks.filter((block) => block.includes(near));
    const found = within.flatMap(controlsIn).filter((control) => control.label === bare(label));
    const [control] = found;
    if (control === undefined || found.length > 1)
      throw new Error(`${found.length} controls say ${label}:\n${this.text.replace(/\s+/g, ' ')}`);
    const { form, attributes } = control;
    if (form !== undefined) return this.#send(form.attributes, { ...form.fields, ...fields });
    const href = attributes.href ?? attributes['data-href'];
    if (href === undefined) throw new Error(`${label} leads nowhere`);
    const inLayer = attributes.onclick?.startsWith('show(');
    return this.open(href, inLayer ? { headers: { 'x-requested-with': 'XMLHttpRequest' } } : {});
  }

  async #send({ action, method = 'get', 'data-href': asked, 'data-token': token = '' }: Fields, fields: Fields) {
    const body = new URLSearchParams(fields);
    if (asked !== undefined) {
      body.set('token', token);
      return this.open(asked, { method: 'POST', body, headers: { 'x-requested-with': 'XMLHttpRequest' } });
    }
    if (action === undefined) throw new Error('a form without an address');
    if (method === 'post') return this.open(action, { method: 'POST', body });
    return this.open(`${action.split('?')[0]}?${body}`);
  }

  /** What scripts do with an answer: they tell, then go on. */
  async #follow(page: string): Promise<void> {
    const json = this.headers.get('content-type') === 'application/json' ? JSON.parse(page) : undefined;
    const body = attributesOf(/<body\b([^>]*)>/.exec(page)?.[1] ?? '');
    const said = json?.message ?? body['data-say'];
    const next = json?.next ?? body['data-next'];
    if (said !== undefined) this.told.push(said);
    if (next !== undefined) await this.open(next, json ? { headers: { 'x-requested-with': 'XMLHttpRequest' } } : {});
  }

  #keepCookie(header: string | null): void {
    if (header === null) return;
    this.cookieHeader = header;
    const [pair = ''] = header.split(';');
    this.#cookie = pair.endsWith('=') ? undefined : pair;
  }
}
