/** What a person sees in a real browser and presses there, in whatever tab, window or frame it stands. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';

/** Where to leave a picture of every page, for people who want to look. */
const PICTURES = process.env.CERT_TEST_PICTURES;
const PATIENCE_MS = 10_000;

/** A label as it may be set on the page: white space in it, brackets around it. */
const labelled = (label: string): RegExp =>
  new RegExp(
    `^[\\s[［]*${[...label].map((one) => one.replace(/[.*+?^${}()|[\]\\]/, '\\$&')).join('\\s*')}[\\s\\]］]*$`,
  );

const isVisible = (found: Locator): Promise<boolean> => found.isVisible().catch(() => false);

/** Whether nothing lies over it. */
const isReachable = (found: Locator): Promise<boolean> =>
  found.click({ trial: true, timeout: 300 }).then(
    () => true,
    () => false,
  );

export class WebPerson {
  /** What the browser itself asked and told; it was answered with yes. */
  readonly asked: string[] = [];
  readonly #context: BrowserContext;
  readonly #name: string;
  #pictures = 0;

  /** @param name of the pictures */
  constructor(context: BrowserContext, name: string) {
    this.#context = context;
    this.#name = name;
    context.on('dialog', async (dialog) => {
      this.asked.push(`${dialog.type()}: ${dialog.message()}`);
      await dialog.accept();
    });
  }

  /** The tab or window that was opened last. */
  get page(): Page {
    const page = this.#context.pages().at(-1);
    if (page === undefined) throw new Error('no page is open');
    return page;
  }

  async look(what: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    this.#pictures += 1;
    await this.page.waitForTimeout(200);
    await this.page.screenshot({ path: join(PICTURES, `${this.#name}-${this.#pictures}-${what}.png`) });
  }

  find(selector: string): Promise<Locator> {
    return this.#first((frame) => frame.locator(selector), isVisible);
  }

  see(text: string | RegExp): Promise<Locator> {
    return this.#first((frame) => frame.getByText(text), isVisible);
  }

  /** Presses what bears the label and can be reached: what a layer covers is not meant. */
  async press(label: string): Promise<void> {
    const wide = [...label].join('\u3000');
    const control = await this.#first(
      (frame) =>
        frame
          .locator('a, button, span[onclick]')
          .filter({ hasText: labelled(label) })
          .or(frame.locator(`input[value="${label}"], input[value="${wide}"]`)),
      async (found) => (await isVisible(found)) && isReachable(found),
    );
    await control.click();
  }

  async #first(of: (frame: Frame) => Locator, isMeant: (found: Locator) => Promise<boolean>): Promise<Locator> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      for (const frame of this.page.frames()) {
        const all = await of(frame)
          .all()
          .catch(() => []);
        for (const found of all) if (await isMeant(found)) return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not in sight at ${this.page.url()}: ${of(this.page.mainFrame())}`);
  }
}
