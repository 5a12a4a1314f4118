/** Pages and redirects as answers, with what keeps them on this site. */
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { documentOf } from './parts.ts';

/** Scripts stand in the pages, as they do on sites of that age; nothing comes from elsewhere, nothing frames them. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "frame-src 'self' blob:; object-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

export async function pageResponse(page: Html, status = 200): Promise<Response> {
  return new Response(String(await page), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}

export const redirectTo = (location: string, cookie?: string): Response =>
  new Response(null, { status: 303, headers: { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) } });

/** A page of the portal that belongs to no step of the journey; `href` leads on. */
export const unknownPage = (href: string): Html =>
  documentOf(
    '数据核对',
    'main{max-width:640px;margin:0 auto;padding:24px}',
    html`<main><h1>数据核对（样张）</h1><p>网站正在核对您的资料，本页不属于办理流程。核对完成后，请按［继续］。</p>
<p><a href="${href}">继续</a></p></main>`,
  );

/** What a portal in trouble shows. */
export const troublePage = (status: number): Html =>
  documentOf(
    '服务繁忙',
    'main{max-width:640px;margin:0 auto;padding:24px}',
    html`<main><h1>服务繁忙（${status}）</h1><p>请稍后再试。</p></main>`,
  );
