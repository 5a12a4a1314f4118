/** The sandbox's web pages without a socket, somebody who goes through them, and the controls behind them. */
import { createSandbox, type SandboxOptions } from '../../src/sandbox/create-sandbox.ts';
import { LABELS } from '../../src/sandbox/web/labels.ts';
import type { WebSettings } from '../../src/sandbox/web-settings.ts';
import { testClock } from './sandbox.ts';
import { WEB_ORIGIN, WebVisitor } from './web-visitor.ts';

export const LAYOUTS = ['A', 'B', 'C'] as const;
export const YEARS = ['2019', '2022', '2025'] as const;
const FIELDS = {
  A: { scenario: 'sycj', days: 'jzyxq' },
  B: { scenario: 'scene', days: 'validDays' },
  C: { scenario: 'usage', days: 'period' },
} as const;
export const PASSWORD = 'Sandbox2026';

export function webSite(web: Partial<WebSettings>, options: Partial<SandboxOptions> = {}) {
  const clock = testClock();
  const { handle } = createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID(), web, ...options });
  const visitor = new WebVisitor(handle);
  const { layout = 'A', labels: year = '2025' } = web;
  const labels = LABELS[year];
  const fields = FIELDS[layout];
  const control = async (method: string, path: string, body?: object) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await handle(new Request(`${WEB_ORIGIN}/sandbox${path}`, init));
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  return {
    visitor,
    labels,
    control,
    handle,
    wait: (ms: number) => clock.sleep(ms),
    /** How many applications arrived at all, and how many annotations of a certificate there are. */
    async counts(certificateId: string) {
      const { received, annotations } = await control('GET', '/state');
      const own = annotations.filter((one: { certificateId: string }) => one.certificateId === certificateId);
      return { arrived: received.submissions, made: own.length };
    },
    async toLogin() {
      await visitor.open('/web/');
      if (layout !== 'B') await visitor.press(labels.entry);
      await visitor.press(labels.holder);
    },
    /** From the first page to the list; what a login asks besides the password is in `more`. */
    async enter(username: string, more: Readonly<Record<string, string>> = {}) {
      await this.toLogin();
      await visitor.press(labels.logIn, { username, password: PASSWORD, ...more });
    },
    /** From the list to the form. */
    async toForm(certificateNumber: string) {
      await visitor.press(labels.open, { near: certificateNumber });
      await visitor.press(labels.apply);
    },
    apply: (days: string, scenario = 'self') =>
      visitor.press(labels.submit, { [fields.scenario]: scenario, [fields.days]: days }),
  };
}
