/** What sites do wrong or guard against, through the web pages; the count of applications is the judge. */
import { describe, expect, it } from 'vitest';
import { LAYOUTS, webSite } from '../../support/web-site.ts';

const NURSE = 'ZS202300002';
const SUBMIT = 'submitAnnotation';

/** At the form, which is kept, so that it can be sent again as it is. */
async function atForm(web: Parameters<typeof webSite>[0]) {
  const site = webSite(web);
  await site.enter('demo_nurse');
  await site.toForm(NURSE);
  const form = [...site.visitor.pages];
  return {
    ...site,
    sendAgain: async (days = '90') => {
      site.visitor.pages = [...form];
      await site.apply(days);
    },
    said: () => [...site.visitor.told, site.visitor.text].join('\n'),
  };
}

describe('a form that is sent twice', () => {
  it.each([
    ['A', null, 2],
    ['B', null, 1],
    ['C', null, 1],
    ['A', 'token', 1],
    ['A', 'interval', 1],
    ['B', 'token', 1],
    ['C', 'none', 2],
  ] as const)('in layout %s with the guard %s makes %i', async (layout, guard, made) => {
    const { apply, sendAgain, counts, said } = await atForm({ layout, guard });
    await apply('90');
    expect(said()).not.toContain('请勿重复提交');
    await sendAgain();
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 2, made });
    expect(said().includes('请勿重复提交')).toBe(made === 1);
  });

  it('is another application once the interval is over, or with other days', async () => {
    const { apply, sendAgain, counts, wait } = await atForm({ layout: 'B' });
    await apply('90');
    await sendAgain('30');
    await wait(10_000);
    await sendAgain('30');
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 3, made: 3 });
  });

  it('needs its token', async () => {
    const { visitor, counts, said } = await atForm({ layout: 'C' });
    visitor.pages = visitor.pages.map((page) => page.replace(/name="token" value="[^"]*"/, 'name="token" value="x"'));
    await visitor.press('提交加注申请', { usage: 'self', period: '90' });
    expect(said()).toContain('页面已失效');
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 1, made: 0 });
  });
});

describe.each(LAYOUTS)('layout %s', (layout) => {
  it.each([
    ['refuse', 0, 0],
    ['drop-before', 1, 0],
    ['drop-after', 1, 1],
  ])('loses the answer to an application: %s, %i arrive, %i are made', async (kind, arrived, made) => {
    const { apply, counts, control } = await atForm({ layout });
    await control('POST', '/faults', { route: SUBMIT, kind });
    await expect(apply('90')).rejects.toThrow('no answer');
    expect(await counts('c-nurse-2023')).toEqual({ arrived, made });
  });

  it('loses it after the first byte', async () => {
    const { visitor, apply, counts, control } = await atForm({ layout });
    await control('POST', '/faults', { route: SUBMIT, kind: 'cut', afterBytes: 1 });
    await expect(apply('90')).rejects.toThrow('connection cut');
    expect(visitor.status).toBe(200);
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 1, made: 1 });
  });

  it('loses the session at the application, which is not made', async () => {
    const { visitor, apply, counts, control } = await atForm({ layout });
    await control('POST', '/faults', { route: SUBMIT, kind: 'session-loss' });
    await apply('90');
    if (layout === 'B') {
      // Its script leaves the layer for the list.
      expect(visitor.status).toBe(401);
      await visitor.open('/web/zsfw/list');
    }
    expect(visitor.text).toContain('登录已超时，请重新登录');
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 1, made: 0 });
  });

  it('shows a page in between that is none of the journey, and goes on', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout });
    await control('POST', '/faults', { route: 'certificates', kind: 'unknown-page' });
    await site.enter('demo_nurse');
    expect(visitor.text).toContain('样张 SAMPLE');
    expect(visitor.text).not.toContain(NURSE);
    await visitor.press('继续');
    expect(visitor.text).toContain(NURSE);
    expect(visitor.text).toContain(labels.open);
  });

  it('shows such a page in place of the answer to an application that never arrived', async () => {
    const { visitor, apply, counts, control } = await atForm({ layout });
    await control('POST', '/faults', { route: SUBMIT, kind: 'unknown-page' });
    // A page that is no JSON is nothing that a script goes on from.
    await apply('90');
    expect(visitor.text).toContain('数据核对');
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 0, made: 0 });
  });

  it('says that it is in trouble, on a page', async () => {
    const { visitor, control, ...site } = webSite({ layout });
    await control('POST', '/faults', { route: 'certificates', kind: 'status', status: 503 });
    await site.enter('demo_nurse');
    expect(visitor.status).toBe(503);
    expect(visitor.text).toContain('样张 SAMPLE');
  });

  it('lags behind an application, as the lists of the API do', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout });
    await site.enter('demo_nurse');
    const list = [...visitor.pages];
    await control('POST', '/faults', { route: 'certificate', kind: 'lag', lagMs: 60_000 });
    await site.toForm(NURSE);
    await site.apply('90');
    visitor.pages = list;
    await visitor.press(labels.open, { near: NURSE });
    expect(visitor.text).toMatch(/加注状态\s*：?\s*未加注/);
    await site.wait(61_000);
    visitor.pages = list;
    await visitor.press(labels.open, { near: NURSE });
    expect(visitor.text).toMatch(/加注状态\s*：?\s*加注件有效/);
  });
});
