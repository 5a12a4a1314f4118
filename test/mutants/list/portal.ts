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
  ]),
  ...mutantsOf('src/portal/check-answer.ts', unit('client', 'hostile-answers'), [
    [
      'an answer is checked against the contract',
      'const parsed = v.safeParse(route.answer, body, { abortEarly: true });',
      'const parsed = { success: true as const, output: body, issues: undefined as never };',
    ],
    ['a refusal is no success', 'success && (Object.hasOwn', 'false && (Object.hasOwn'],
  ]),
  ...mutantsOf('src/portal/json-text.ts', unit('json-text', 'hostile-answers'), [
    ['an answer is not deep', 'if (depth > MAX_DEPTH) return', 'if (false) return'],
    ['an answer has an end', 'if (values > MAX_VALUES) return', 'if (false) return'],
    ['nothing is decoded that is not certain', '{ fatal: true }', '{}'],
  ]),
  ...mutantsOf('src/portal/failures.ts', unit('client-submit'), [
    [
      'a connection that was lost may have brought it there',
      'return !(CERTIFICATE.test(String(code))',
      'return false && !(CERTIFICATE.test(String(code))',
    ],
  ]),
  ...mutantsOf('src/portal/http.ts', unit('http-retries'), [
    ['no POST is sent a second time', 'isLast = isSentOnce || ', 'isLast = '],
    ['a request is not sent for ever', 'const ATTEMPTS = 4;', 'const ATTEMPTS = 5;'],
    ['the pauses of a portal are a minute in all', 'PAUSES_MS = 60_000', 'PAUSES_MS = 600_000'],
    ['a long Retry-After is not waited for', 'asked > MAX_RETRY_AFTER_SECONDS ? undefined : ', ''],
    ['Retry-After is waited for', 'Math.max(asked * 1_000, backoffMs)', 'backoffMs'],
    ['the backoff grows', '2 ** (attempts - 1)', '1'],
    ['only what passes is tried again', '|| !error.retryable', ''],
  ]),
  ...mutantsOf('src/portal/http.ts', unit('http-time'), [
    ['attempts share their time', 'budget.answersMs -= now() - startedAt;', ''],
    ['no request is sent without time for it', 'if (budget.answersMs < LEAST_MS) throw', 'if (false) throw'],
    ['the pages of a list share their time', 'return within(() => budget);', 'return within(budgetOfOne);'],
  ]),
  ...mutantsOf('src/portal/exchange.ts', unit('http-time'), [
    ['an answer ends in time, whatever its pace', 'if (elapsedMs() >= endsMs) timeIsUp();', ''],
    ['only a file takes its own time', '&& isPdf(answer.headers)) limit', ') limit'],
    ['redirects share their time', '{ ...limits, answerMs }', 'limits'],
  ]),
  ...mutantsOf('src/portal/exchange.ts', unit('http-answers', 'http-transport'), [
    ['a redirect to another origin is not followed', 'next.origin !== new URL(url).origin', 'false'],
    ['a redirect of a POST is not followed', "route.method !== 'GET' || ", ''],
    ['redirects end', 'const MAX_REDIRECTS = 3;', 'const MAX_REDIRECTS = 30;'],
    ['a request ends in time', "controller.abort(new DOMException('time limit', 'TimeoutError'))", 'undefined'],
    ['a request ends with cert', "ended.addEventListener('abort', end, { once: true });", ''],
  ]),
  ...mutantsOf('src/portal/body.ts', unit('http-answers'), [
    ['an answer is bounded', 'if (end > maxBytes) return undefined;', ''],
    ['a page of the network is no answer', 'if (WEB_PAGE_TYPE.test(type)) return', 'if (false) return'],
    ['what is not JSON is no answer', 'if (!JSON_TYPE.test(type)) return', 'if (false) return'],
  ]),
  ...mutantsOf('src/portal/pages.ts', unit('client'), [
    ['pages end', 'if (pages.has(cursor) || pages.size === MAX_PAGES)', 'if (false)'],
    ['pages in a circle are refused', 'pages.has(cursor) || ', ''],
    ['a list is bounded in all its pages', 'certificates.size > MAX_CERTIFICATES ||', ''],
    ['the bytes of all pages are bounded', '|| bytes > MAX_BYTES', ''],
  ]),
  ...mutantsOf('src/portal/file.ts', unit('client-file'), [
    ['a file is bounded', 'if (bytes > mostBytes) throw tooLong();', ''],
    ['a file is a PDF', 'if (!isPdf(headers))', 'if (false)'],
    ['a part is the one that was asked for', 'part.start !== start', 'false'],
    ['a rest is asked for of the same file only', "'if-match': resume.etag", "'if-match': '*'"],
  ]),
  ...mutantsOf('src/portal/problems.ts', unit('raw-exchanges', 'http-answers'), [
    [
      'a secret that a portal repeats is not told',
      'said = withoutEchoes(readProblem(body), clean)',
      'said = readProblem(body)',
    ],
    ['a bare 401 ends no session', 'answer !== undefined && status === 401 &&', 'status === 401 &&'],
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
