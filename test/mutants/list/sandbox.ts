/** The sandbox's web pages are a judge of others, so they have to count and to guard as they say: `src/sandbox`. */
import { mutantsOf } from '../mutant.ts';

const FAULTS = ['test/unit/sandbox/web-faults.test.ts'];
const STEPS = ['test/unit/sandbox/web-steps.test.ts'];
const SECURITY = ['test/unit/sandbox/web-security.test.ts'];

export const SANDBOX_BROKEN = [
  ...mutantsOf('src/sandbox/web/form-guard.ts', FAULTS, [
    ['a token holds once', "if (used) throw new FormRefusal('repeated');", ''],
    ['a token is needed', "if (used === undefined) throw new FormRefusal('outdated');", ''],
    ['the interval ends', ' < INTERVAL_MS', ' < 2 * INTERVAL_MS'],
  ]),
  ...mutantsOf('src/sandbox/faults.ts', FAULTS, [
    [
      'applications that arrive are counted',
      "if (route === 'submitAnnotation' && arrives(fault))",
      "if (route === 'submitAnnotation' && fault === undefined)",
    ],
  ]),
  ...mutantsOf('src/sandbox/web-pages.ts', SECURITY, [
    ['no page of another site acts', "['none', 'same-origin'].includes(site)", 'true'],
    ['another site may link to the first page only', " && new URL(url).pathname === '/web/'", ''],
  ]),
  ...mutantsOf('src/sandbox/web/visit.ts', SECURITY, [
    ['no script reads the session', 'httpOnly: true', 'httpOnly: false'],
    ['no other site brings the session', "sameSite: 'Strict'", "sameSite: 'None'"],
  ]),
  ...mutantsOf('src/sandbox/web/web-face.ts', SECURITY, [
    ['a site acts by GET or by POST', 'acts && visit.request.method !== layout.actsBy', 'false'],
  ]),
  ...mutantsOf('src/sandbox/web/steps.ts', STEPS, [
    [
      'nothing is shown before the notice',
      '(visit.hasAcceptedNotice ? work(visit, guard) : noticePage(visit))',
      'work(visit, guard)',
    ],
  ]),
];
