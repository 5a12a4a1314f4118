/** A person's whole way through the sandbox's web pages in a real Chromium, once a layout. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { LABELS } from '../../src/sandbox/web/labels.ts';
import type { WebSettings } from '../../src/sandbox/web-settings.ts';
import { hasChromium, useChromium } from '../support/chromium.ts';

const PASSWORD = 'Sandbox2026';
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1100, height: 800 };
/** Where to leave a picture of every page, for people who want to look. */
const PICTURES = process.env.CERT_TEST_PICTURES;

/** A label as it may be set on the page: white space in it, brackets around it. */
const labelled = (label: string): RegExp =>
  new RegExp(
    `^[\\s[［]*${[...label].map((one) => one.replace(/[.*+?^${}()|[\]\\]/, '\\$&')).join('\\s*')}[\\s\\]］]*$`,
  );

/** What somebody sees and presses, in whatever tab, window or frame it stands. */
function person(context: BrowserContext, name: string) {
  let page: Page;
  let pictures = 0;
  const asked: string[] = [];
  context.on('page', (opened) => {
    page = opened;
    opened.on('dialog', async (dialog) => {
      asked.push(`${dialog.type()}: ${dialog.message()}`);
      await dialog.accept();
    });
    opened.on('close', () => {
      page = context.pages().at(-1) ?? page;
    });
  });
  /** The one that is in sight, in the frame that has it. */
  const find = async (of: (frame: ReturnType<Page['frames']>[number]) => Locator): Promise<Locator> => {
    for (let left = 100; left > 0; left -= 1) {
      for (const frame of page.frames())
        for (const found of await of(frame)
          .all()
          .catch(() => []))
          if (await found.isVisible().catch(() => false)) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not in sight at ${page.url()}`);
  };
  return {
    asked,
    get page() {
      return page;
    },
    async look(what: string) {
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      pictures += 1;
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(PICTURES, `${name}-${pictures}-${what}.png`) });
    },
    find: (selector: string) => find((frame) => frame.locator(selector)),
    async press(label: string) {
      const control = await find((frame) =>
        frame
          .locator('a, button, span[onclick], tr td a')
          .filter({ hasText: labelled(label) })
          .or(
            frame
              .locator(`input[type=button], input[type=submit]`)
              .and(frame.locator(`[value="${label}"], [value="${[...label].join('\u3000')}"]`)),
          ),
      );
      await control.click();
    },
    see: (text: string | RegExp) => find((frame) => frame.getByText(text)),
  };
}

const JOURNEYS: readonly (readonly [WebSettings['layout'], WebSettings['labels'], typeof PHONE, readonly string[]])[] =
  [
    ['A', '2019', DESKTOP, []],
    ['B', '2025', PHONE, []],
    ['C', '2022', DESKTOP, ['confirm: 确认提交加注申请？提交后不能撤回。', 'alert: 提交成功']],
  ];

describe.skipIf(!hasChromium())('the web pages in Chromium', () => {
  const chromium = useChromium();

  it.each(JOURNEYS)('layout %s in the words of %s lead to the file', async (layout, year, viewport, dialogs) => {
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
    const who = person(context, layout);
    const { press, find, see, look, asked } = who;
    const labels = LABELS[year];
    await (await context.newPage()).goto(`${server.url}/web/`);
    await look('home');
    await press('关闭');
    await press(labels.entry);
    await press(labels.holder);
    await (await find('[name=username]')).fill('demo_new');
    await (await find('[name=password]')).fill(PASSWORD);
    await look('login');
    await press(labels.logIn);
    await see('服务须知（样张）');
    await look('notice');
    if (layout === 'C') await (await find('[type=checkbox]')).check();
    await press(labels.accept);
    await press('关闭');
    await look('list');
    await press(labels.open);
    await see('未加注');
    await press(labels.apply);
    const { scenario, days } = {
      A: { scenario: 'sycj', days: 'jzyxq' },
      B: { scenario: 'scene', days: 'validDays' },
      C: { scenario: 'usage', days: 'period' },
    }[layout];
    if (layout === 'B') await (await find(`[name=${scenario}]`)).check();
    else await (await find(`[name=${scenario}]`)).selectOption('self');
    await (await find(`[name=${days}]`)).fill('60');
    await look('form');
    await press(labels.submit);
    await see(/^(加注状态：)?证书生成中…$/);
    await look('generating');
    const { received } = await (await fetch(`${server.url}/sandbox/state`)).json();
    expect(received.submissions).toBe(1);
    await control('clock', { advanceMs: 60_000 });
    if (layout === 'A') await who.page.goto(`${server.url}/web/certMng/frontquery.do?method=detail&id=c-new`);
    else await who.page.reload();
    if (layout === 'B') {
      await press('关闭');
      await press(labels.open);
    }
    await see(/60 天/);
    await look('ready');
    await control('settings', { web: { download: 'viewer' } });
    await who.page.reload();
    if (layout === 'B') {
      await press('关闭');
      await press(labels.open);
    }
    await press(labels.save);
    const save = await find('#save:enabled');
    await look('viewer');
    const [download] = await Promise.all([who.page.waitForEvent('download'), save.click()]);
    expect(download.suggestedFilename()).toBe('社会工作者电子证书.pdf');
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(asked).toEqual(dialogs);
    expect(broken).toEqual([]);
    expect((await (await fetch(`${server.url}/sandbox/state`)).json()).received.submissions).toBe(1);
  });
});
