import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/sandbox/state.ts';
import { LAYOUTS, webSite } from '../../support/web-site.ts';
import { WEB_ORIGIN } from '../../support/web-visitor.ts';

const HOST = new URL(WEB_ORIGIN).host;
const SUBMISSION = {
  A: '/web/certMng/frontquery.do?method=submit&id=c-nurse-2023&sycj=self&jzyxq=90',
  B: '/web/zsfw/submit?id=c-nurse-2023&scene=self&validDays=90',
  C: '/web/certweb/submit.jsp?id=c-nurse-2023&usage=self&period=90',
} as const;

describe.each(LAYOUTS)('the web pages and other sites, layout %s', (layout) => {
  const ask = async (path: string, headers: Record<string, string>, method = layout === 'A' ? 'GET' : 'POST') => {
    const site = webSite({ layout, guard: 'none' });
    await site.enter('demo_nurse');
    const all = { host: HOST, cookie: site.visitor.cookie, ...headers };
    const answer = await site.handle(new Request(new URL(path, WEB_ORIGIN), { method, headers: all }));
    return { status: answer.status, made: (await site.counts('c-nurse-2023')).made };
  };

  it('take an application of their own', async () => {
    const own = { origin: WEB_ORIGIN, 'sec-fetch-site': 'same-origin' };
    expect(await ask(SUBMISSION[layout], own)).toEqual({ status: 200, made: 1 });
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['no site that is named', { origin: 'null' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['a link of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a name that was pointed at this machine', { host: 'evil.example' }],
  ])('take none of %s', async (_, headers) => {
    expect(await ask(SUBMISSION[layout], headers)).toEqual({ status: 403, made: 0 });
  });

  it('open their first page to a link of another site, and nothing behind it', async () => {
    const link = { 'sec-fetch-site': 'cross-site' };
    expect((await ask('/web/', link, 'GET')).status).toBe(200);
    expect((await ask('/web/', { ...link, host: 'evil.example' }, 'GET')).status).toBe(403);
  });

  it('act only as they do themselves: by GET or by POST', async () => {
    expect(await ask(SUBMISSION[layout], {}, layout === 'A' ? 'POST' : 'GET')).toEqual({ status: 405, made: 0 });
  });

  it('show what was typed as text', async () => {
    const { visitor, labels, toLogin } = webSite({ layout });
    await toLogin();
    const typed = '"><script>alert(1)</script>';
    await visitor.press(labels.logIn, { username: typed, password: 'x' });
    expect(visitor.pages.join()).not.toContain('<script>alert(1)');
    expect(visitor.pages.join()).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  });

  it('keep the session from scripts and other sites, and themselves out of foreign frames', async () => {
    const { visitor, handle, ...site } = webSite({ layout });
    await site.enter('demo_nurse');
    expect(visitor.cookieHeader).toMatch(/; Path=\/web\/; HttpOnly; SameSite=Strict$/);
    const policy = (await handle(new Request(`${WEB_ORIGIN}/web/`))).headers.get('content-security-policy');
    expect(policy).toMatch(/default-src 'self'.*frame-ancestors 'self'/);
  });

  it('know no other page', async () => {
    const { visitor } = webSite({ layout });
    for (const path of ['nothing', 'certMng/frontquery.do?method=constructor', 'zsfw/__proto__', 'zsfw/toString']) {
      await visitor.open(`/web/${path}`);
      expect(visitor.status, path).toBe(404);
      expect(visitor.text).toContain('没有这个页面');
    }
  });
});

describe('the web pages', () => {
  it('are at their address without the last slash too', async () => {
    const { visitor } = webSite({});
    await visitor.open('/web');
    expect(visitor.text).toContain('电子证书下载');
  });

  it('show nobody another holder’s certificate or file', async () => {
    const { visitor, ...site } = webSite({ layout: 'B' });
    await site.enter('demo_empty');
    for (const step of ['info', 'detail', 'form', 'file', 'viewer']) {
      await visitor.open(`/web/zsfw/${step}?id=c-nurse-2019`);
      expect(visitor.text, step).toContain('没有找到该证书');
    }
  });

  it('change their layout and words while they are served', async () => {
    const { visitor, control } = webSite({});
    expect((await control('POST', '/settings', { web: { layout: 'C', labels: '2019' } })).web).toEqual({
      layout: 'C',
      labels: '2019',
      download: null,
      guard: null,
      announcement: false,
    });
    await visitor.open('/web/');
    expect(visitor.text).toContain('资格证书');
    await expect(control('POST', '/settings', { web: { layout: 'D' } })).rejects.toThrow('MALFORMED_REQUEST');
  });

  it('keep their layout with the state, until another is chosen', async () => {
    let kept: State | undefined;
    const store = {
      load: () => structuredClone(kept),
      save: async (state: State) => {
        kept = structuredClone(state);
      },
    };
    const framesOf = async (web: Parameters<typeof webSite>[0]) => {
      const { visitor } = webSite(web, { store });
      await visitor.open('/web/');
      return visitor.pages.length;
    };
    expect(await framesOf({ layout: 'C' })).toBe(2);
    expect(await framesOf({})).toBe(2);
    expect(await framesOf({ layout: 'B' })).toBe(1);
    expect(await framesOf({})).toBe(1);
  });
});
