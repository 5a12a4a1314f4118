/** A person's whole way through the sandbox's web pages in a real Chromium, once a layout. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { LABELS } from '../../src/sandbox/web/labels.ts';
import type { WebSettings } from '../../src/sandbox/web-settings.ts';
import { hasChromium, useChromium } from '../support/chromium.ts';
import { WebPerson } from '../support/web-person.ts';

const PASSWORD = 'Sandbox2026';
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1100, height: 800 };
const JOURNEYS: readonly (readonly [WebSettings['layout'], WebSettings['labels'], typeof PHONE, readonly string[]])[] =
  [
    ['A', '2019', DESKTOP, []],
    ['B', '2025', PHONE, []],
    ['C', '2022', DESKTOP, ['confirm: 确认提交加注申请？提交后不能撤回。', 'alert: 提交成功']],
  ];

describe.skipIf(!hasChromium())('the web pages in Chromium', () => {
  const chromium = useChromium();

  it.each(JOURNEYS)(
    'layout %s in the words of %s lead to the file',
    async (layout, year, viewport, dialogs) => {
      const web = { layout, labels: year, announcement: true };
      const server = await serveSandbox({
        now: () => new Date(),
        newId: () => crypto.randomUUID(),
        port: 0,
        generateAfterMs: 60_000,
        web,
      });
      onTestFinished(() => server.close());
      const control = (name: string, body: object) =>
        fetch(`${server.url}/sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });
      const context = await chromium.browser.newContext({ viewport, acceptDownloads: true });
      onTestFinished(() => context.close());
      const broken: string[] = [];
      context.on('weberror', (error) => broken.push(error.error().message));
      const who = new WebPerson(context, layout);
      const labels = LABELS[year];
      await (await context.newPage()).goto(`${server.url}/web/`);
      await who.look('home');
      await who.press('关闭');
      await who.press(labels.entry);
      await who.press(labels.holder);
      await (await who.find('[name=username]')).fill('demo_new');
      await (await who.find('[name=password]')).fill(PASSWORD);
      await who.look('login');
      await who.press(labels.logIn);
      await who.see('服务须知（样张）');
      await who.look('notice');
      if (layout === 'C') await (await who.find('[type=checkbox]')).check();
      await who.press(labels.accept);
      await who.press('关闭');
      await who.look('list');
      await who.press(labels.open);
      await who.see('未加注');
      await who.press(labels.apply);
      const { scenario, days } = {
        A: { scenario: 'sycj', days: 'jzyxq' },
        B: { scenario: 'scene', days: 'validDays' },
        C: { scenario: 'usage', days: 'period' },
      }[layout];
      if (layout === 'B') await (await who.find(`[name=${scenario}]`)).check();
      else await (await who.find(`[name=${scenario}]`)).selectOption('self');
      await (await who.find(`[name=${days}]`)).fill('60');
      await who.look('form');
      await who.press(labels.submit);
      await who.see(/^(加注状态：)?证书生成中…$/);
      await who.look('generating');
      const { received } = await (await fetch(`${server.url}/sandbox/state`)).json();
      expect(received.submissions).toBe(1);
      await control('clock', { advanceMs: 60_000 });
      if (layout === 'A') await who.page.goto(`${server.url}/web/certMng/frontquery.do?method=detail&id=c-new`);
      else await who.page.reload();
      if (layout === 'B') {
        await who.press('关闭');
        await who.press(labels.open);
      }
      await who.see(/60 天/);
      await who.look('ready');
      await control('settings', { web: { download: 'viewer' } });
      await who.page.reload();
      if (layout === 'B') {
        await who.press('关闭');
        await who.press(labels.open);
      }
      await who.press(labels.save);
      const save = await who.find('#save:enabled');
      await who.look('viewer');
      const [download] = await Promise.all([who.page.waitForEvent('download'), save.click()]);
      expect(download.suggestedFilename()).toBe('社会工作者电子证书.pdf');
      expect(
        readFileSync(await download.path())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
      expect(who.asked).toEqual(dialogs);
      expect(broken).toEqual([]);
      expect((await (await fetch(`${server.url}/sandbox/state`)).json()).received.submissions).toBe(1);
    },
    60_000,
  );
});
