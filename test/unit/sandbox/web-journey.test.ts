/** The whole way through the web pages, by what stands on buttons and links. */
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/create-sandbox.ts';
import { LAYOUTS, PASSWORD, webSite, YEARS } from '../../support/web-site.ts';
import { WEB_ORIGIN } from '../../support/web-visitor.ts';

const MINUTE_MS = 60_000;

/** The file of the account's latest annotation, as the API gives it. */
async function fileFromApi(handle: Sandbox['handle'], username: string): Promise<Buffer> {
  const api = (path: string, init: RequestInit = {}) => handle(new Request(`${WEB_ORIGIN}/api/v1${path}`, init));
  const credentials = JSON.stringify({ username, password: PASSWORD });
  const { accessToken } = await (await api('/sessions', { method: 'POST', body: credentials })).json();
  const headers = { authorization: `Bearer ${accessToken}` };
  const { items } = await (await api('/certificates', { headers })).json();
  const file = await api(`/annotations/${items[0].annotation.id}/file`, { headers });
  return Buffer.from(await file.arrayBuffer());
}

const MATRIX = LAYOUTS.flatMap((layout) => YEARS.map((labels) => ({ layout, labels })));

describe.each(MATRIX)('the web pages, layout $layout in the words of $labels', (web) => {
  it('lead from the first page to the file, with one application', async () => {
    const { visitor, labels, ...site } = webSite(web);
    await site.enter('demo_new');
    expect(visitor.text).toContain('服务须知（样张）');
    await visitor.press(labels.accept);
    const list = [...visitor.pages];
    await visitor.press(labels.info);
    expect(visitor.text).toMatch(/制发日期\s*：?\s*2024-09-10/);
    visitor.pages = list;
    await visitor.press(labels.open);
    expect(visitor.text).toMatch(/加注状态\s*：?\s*未加注/);
    await visitor.press(labels.apply);
    await site.apply('45');
    expect(await site.counts('c-new')).toEqual({ arrived: 1, made: 1 });
    expect(visitor.text).toMatch(/加注状态\s*：?\s*证书生成中…/);
    await site.wait(MINUTE_MS);
    visitor.pages = list;
    await visitor.press(labels.open);
    expect(visitor.text).toMatch(/加注有效期\s*：?\s*45 天/);
    await visitor.press(labels.save);
    expect(visitor.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(visitor.bytes).equals(await fileFromApi(site.handle, 'demo_new'))).toBe(true);
    expect(await site.counts('c-new')).toEqual({ arrived: 1, made: 1 });
  });

  it('bear 样张 SAMPLE, each of them, and load nothing from elsewhere', async () => {
    const { visitor, labels, ...site } = webSite(web);
    const isMarked = () => {
      for (const page of visitor.pages) {
        expect(page).toContain('样张 SAMPLE');
        expect(page).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
      }
    };
    await visitor.open('/web/');
    isMarked();
    await site.toLogin();
    isMarked();
    await visitor.press(labels.logIn, { username: 'demo_new', password: PASSWORD });
    isMarked();
    await visitor.press(labels.accept);
    isMarked();
  });
});
