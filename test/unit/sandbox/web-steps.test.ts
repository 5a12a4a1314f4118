/** The steps of the web pages, one by one: who gets in, what is offered, what is refused. */
import { describe, expect, it } from 'vitest';
import { LAYOUTS, PASSWORD, webSite } from '../../support/web-site.ts';

describe.each(LAYOUTS)('logging in, layout %s', (layout) => {
  const wrong = { username: 'demo_nurse', password: 'Wrong12345' };

  it('counts wrong passwords as the API does, and locks', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout });
    await site.toLogin();
    await visitor.press(labels.logIn, wrong);
    expect(visitor.text).toContain('还可尝试 4 次');
    for (let again = 0; again < 4; again += 1) await visitor.press(labels.logIn, wrong);
    await visitor.press(labels.logIn, { username: 'demo_nurse', password: PASSWORD });
    expect(visitor.text).toContain('账号已锁定');
    expect((await control('GET', '/state')).received.logIns).toEqual({ demo_nurse: 6 });
    expect(visitor.hasSession).toBe(false);
  });

  it.each(['image', 'sms'] as const)('asks for what the person has to read: %s', async (challenge) => {
    const { visitor, labels, control, ...site } = webSite({ layout }, { challenge });
    const answer = async () => (await control('GET', '/challenges')).challenges.at(-1).answer;
    await site.toLogin();
    await visitor.press(labels.logIn, { username: 'demo_nurse', password: PASSWORD, answer: 'x' });
    expect(visitor.text).toContain('验证没有通过');
    expect(visitor.pages.join().includes('data:image/png')).toBe(challenge === 'image');
    await visitor.press(labels.logIn, { username: 'demo_nurse', password: PASSWORD, answer: await answer() });
    expect(visitor.text).toContain('初级护师');
  });

  it('waits for the confirmation of a QR code that goes with the password', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout }, { challenge: 'qr' });
    await site.enter('demo_nurse');
    expect(visitor.text).toContain('请先完成验证');
    const [{ id }] = (await control('GET', '/challenges')).challenges;
    await control('POST', '/confirm', { id });
    await visitor.press(labels.logIn, { username: 'demo_nurse', password: PASSWORD });
    expect(visitor.text).toContain('初级护师');
  });

  it('works by QR code alone', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout });
    await site.toLogin();
    await visitor.press(labels.qr);
    const [id = ''] = Object.keys((await control('GET', '/state')).qrLogins);
    await visitor.press('我已确认');
    expect(visitor.text).toContain('等待确认');
    await control('POST', '/confirm', { id, username: 'demo_full' });
    await visitor.press('我已确认');
    expect(visitor.text).toContain('一级造价工程师');
  });

  it('is needed again when the session is over', async () => {
    const { visitor, labels, control, ...site } = webSite({ layout });
    await site.enter('demo_nurse');
    const list = [...visitor.pages];
    await control('DELETE', '/sessions');
    visitor.pages = list;
    await visitor.press(labels.open, { near: 'ZS202300002' });
    // The script of layout B leaves its layer for the list.
    if (layout === 'B') await visitor.open('/web/zsfw/list');
    expect(visitor.text).toContain('登录已超时，请重新登录');
  });
});

describe.each(LAYOUTS)('what is offered, layout %s', (layout) => {
  const opened = async (username: string, number: string) => {
    const { visitor, labels, ...site } = webSite({ layout });
    await site.enter(username);
    await visitor.press(labels.open, { near: number });
    return { visitor, labels, ...site };
  };
  const offers = async (username: string, number: string) => {
    const { visitor, labels } = await opened(username, number);
    return [labels.look, labels.save, labels.apply].map((label) => visitor.has(label));
  };

  it.each([
    ['revoked', 'demo_mixed', '经济师', [false, false, false]],
    ['generating', 'demo_mixed', '安全工程师', [false, false, false]],
    ['ready', 'demo_mixed', '一级建造师', [true, true, true]],
    ['expired', 'demo_mixed', '监理工程师', [false, false, true]],
    ['without need of an annotation', 'demo_mixed', '统计师', [true, true, false]],
  ])('for a certificate that is %s', async (_, username, qualification, expected) => {
    expect(await offers(username, qualification)).toEqual(expected);
  });

  it('is no form where no slot is left', async () => {
    const { visitor, labels } = await opened('demo_full', '一级造价工程师');
    await visitor.press(labels.apply);
    expect(visitor.text).toContain('90 天内最多 3 个有效加注件');
    await visitor.press('返回');
    expect(visitor.text).toContain(labels.apply);
  });

  it.each([
    ['0', 'self', '加注有效期应为 1 至 90 天'],
    ['91', 'self', '加注有效期应为 1 至 90 天'],
    ['九十', 'self', '加注有效期应为 1 至 90 天'],
    ['90', '', '请选择使用场景'],
  ])('nothing for %s days and the scenario %j', async (days, scenario, sentence) => {
    const { visitor, labels, apply, counts } = await opened('demo_nurse', '护士执业资格');
    await visitor.press(labels.apply);
    await apply(days, scenario);
    expect([...visitor.told, visitor.text].join()).toContain(sentence);
    expect(await counts('c-nurse-2023')).toEqual({ arrived: 1, made: 0 });
  });

  it('explains an empty list', async () => {
    const site = webSite({ layout });
    await site.enter('demo_empty');
    expect(site.visitor.text).toContain('注册时使用的证件与取得证书时的证件不同');
  });

  it('comes page by page where there is much', async () => {
    const { visitor, ...site } = webSite({ layout });
    await site.enter('demo_many');
    const first = visitor.text;
    await visitor.press('下一页');
    expect(visitor.text).toContain('ZS');
    expect(visitor.text).not.toBe(first);
  });

  it('is the notice first, and nothing for who declines it', async () => {
    const { visitor, labels, ...site } = webSite({ layout });
    await site.enter('demo_new');
    expect(visitor.text).not.toContain('社会工作者');
    await visitor.press(labels.decline);
    expect(visitor.hasSession).toBe(false);
  });

  it('is covered by an announcement until it is closed', async () => {
    const { visitor, ...site } = webSite({ layout, announcement: true });
    await site.enter('demo_nurse');
    expect(visitor.text).toContain('公告（样张）');
    await site.control('POST', '/settings', { web: { announcement: false } });
    await visitor.open('/web/');
    expect(visitor.text).not.toContain('公告（样张）');
  });
});

describe.each(LAYOUTS)('the file, layout %s', (layout) => {
  it.each([
    ['attachment', 'attachment', /href="[^"]*file/],
    ['inline', 'inline', /href="[^"]*file/],
    ['inline-new-tab', 'inline', /_blank|openWindow/],
    ['post-new-tab', 'inline', /<form class="inline" method="post" action="[^"]*file[^"]*" target="_blank">/],
  ] as const)('comes as %s', async (download, disposition, drawn) => {
    const { visitor, labels, ...site } = webSite({ layout, download });
    await site.enter('demo_mixed');
    await visitor.press(labels.open, { near: '统计师' });
    expect(visitor.pages.join()).toMatch(drawn);
    await visitor.press(labels.save);
    expect(visitor.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition}; filename=`));
    expect(Buffer.from(visitor.bytes).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('comes in a viewer of the site’s own', async () => {
    const { visitor, labels, ...site } = webSite({ layout, download: 'viewer' });
    await site.enter('demo_mixed');
    await visitor.press(labels.open, { near: '统计师' });
    await visitor.press(labels.save);
    expect(visitor.text).toContain('保存');
    await visitor.open(/data-href="([^"]*)"/.exec(visitor.pages[0] ?? '')?.[1]?.replaceAll('&amp;', '&') ?? '');
    expect(visitor.headers.get('content-type')).toBe('application/pdf');
  });
});
