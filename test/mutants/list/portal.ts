/** A portal is not trusted, and a POST is sent once: `src/portal`. */
import { mutantsOf } from '../mutant.ts';

const unit = (...names: readonly string[]) => names.map((name) => `test/unit/portal/${name}.test.ts`);
const DEBUG = unit('debug');

export const PORTAL_BROKEN = [
  ...mutantsOf('src/portal/holder-portal.ts', unit('client-submit'), [
    [
      'the key of a submission is its reference',
      "'idempotency-key': request.clientReference",
      "'idempotency-key': 'another-key'",
    ],
    ['a submission that may have arrived is unknown', '!mayHaveArrived(error)', 'true'],
    ['a submission that was interrupted is unknown', "isCertError(error, 'INTERRUPTED', 'TERMINATED')", 'false'],
  ]),
  ...mutantsOf('src/portal/calls.ts', unit('client'), [
    ['an identifier stays in its place in the path', 'encodeURIComponent(id)', 'id'],
    [
      'an answer is checked against the contract',
      'const parsed = v.safeParse(route.answer, body);',
      'const parsed = { success: true as const, output: body, issues: undefined as never };',
    ],
  ]),
  ...mutantsOf('src/portal/failures.ts', unit('client-submit'), [
    [
      'a connection that was lost may have brought it there',
      'return !(CERTIFICATE.test(String(code))',
      'return false && !(CERTIFICATE.test(String(code))',
    ],
  ]),
  ...mutantsOf('src/portal/http.ts', unit('http-retries'), [
    ['no POST is sent a second time', "subject.route.method === 'POST' || ", ''],
    ['a request is not sent for ever', 'const ATTEMPTS = 4;', 'const ATTEMPTS = 5;'],
    ['no attempt begins after a minute', '> RETRY_BUDGET_MS) throw error;', '> 10 * RETRY_BUDGET_MS) throw error;'],
    ['a long Retry-After is not waited for', 'asked > MAX_RETRY_AFTER_SECONDS ? undefined : ', ''],
    ['Retry-After is waited for', 'Math.max(asked * 1_000, backoffMs)', 'backoffMs'],
    ['the backoff grows', '2 ** (attempts - 1)', '1'],
    ['only what passes is tried again', '|| !error.retryable', ''],
  ]),
  ...mutantsOf('src/portal/exchange.ts', unit('http-answers', 'http-transport'), [
    [
      'a redirect to another origin is not followed',
      'next.origin === new URL(url).origin ? next.href : undefined',
      'next.href',
    ],
    ['a redirect of a POST is not followed', "route.method !== 'GET' || ", ''],
    ['redirects end', 'const MAX_REDIRECTS = 3;', 'const MAX_REDIRECTS = 30;'],
    ['a request ends in time', "controller.abort(new DOMException('time limit', 'TimeoutError'))", 'undefined'],
    ['a request ends with cert', "ended.addEventListener('abort', end, { once: true });", ''],
  ]),
  ...mutantsOf('src/portal/body.ts', unit('http-answers'), [
    ['an answer is bounded', 'if (bytes > MAX_JSON_BYTES) return undefined;', ''],
    ['a page of the network is no answer', 'if (!JSON_TYPE.test(type)) {', 'if (false) {'],
  ]),
  ...mutantsOf('src/portal/pages.ts', unit('client'), [
    ['pages end', 'if (asked.has(cursor) || asked.size === MAX_PAGES)', 'if (false)'],
    ['pages in a circle are refused', 'asked.has(cursor) || ', ''],
  ]),
  ...mutantsOf('src/portal/file.ts', unit('client-file'), [
    ['a file is bounded', 'if (bytes > mostBytes) throw tooLong();', ''],
    ['a file is a PDF', "if (type.toLowerCase() !== 'application/pdf')", 'if (false)'],
    ['a part is the one that was asked for', 'part.start !== start', 'false'],
    ['a rest is asked for of the same file only', "'if-match': resume.etag", "'if-match': '*'"],
  ]),
  ...mutantsOf('src/portal/problems.ts', unit('raw-exchanges', 'http-answers'), [
    [
      'a secret that a portal repeats is not told',
      'said = withoutEchoes(readProblem(body), clean)',
      'said = readProblem(body)',
    ],
    ['a server error settles nothing', 'if (status >= 500 && ', 'if (false && '],
  ]),
  ...mutantsOf('src/portal/undici.ts', unit('http-tls-proxy'), [
    ['this machine is never reached through a proxy', '|| isLoopback(hostname)) return direct;', ') return direct;'],
  ]),
  ...mutantsOf('src/portal/debug.ts', DEBUG, [
    ['debug output is not deep', 'if (depth === MAX_DEPTH) return HIDDEN;', ''],
    [
      'debug output is not deeper than it says',
      'if (depth === MAX_DEPTH) return HIDDEN;',
      'if (depth === MAX_DEPTH + 1) return HIDDEN;',
    ],
    ['debug output is not wide', 'value.slice(0, MAX_ITEMS)', 'value'],
    ['debug output is not long', 'text.length > MAX_BODY_CHARACTERS', 'false'],
    ['only harmless fields are shown', 'HARMLESS_FIELDS.has(field) && ', ''],
    ['only harmless texts are shown', '&& shape.test(value)', ''],
    [
      'only harmless headers are shown',
      'HARMLESS_HEADERS.has(name) ? printable(hide(value)) : HIDDEN',
      'printable(hide(value))',
    ],
    ['a token comes back nowhere', "learn(secretsOf({ headers, body }, 'name'));", ''],
    ['a secret of an answer comes back nowhere', "learn(secretsIn(body, 'name'));", ''],
    ['a field’s name tells nothing', 'FIELD_NAME.test(name) ? name : HIDDEN,', 'name,'],
  ]),
];
