import { PROBLEMS, type Problem, type ProblemCode } from '../contract/problem.ts';

type Details = Partial<Omit<Problem, 'code' | 'status'>>;

/** A refusal of the contract, thrown by a handler and answered as RFC 9457 says. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly details: Details;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, details: Details = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

export function problemResponse(
  { code, ...details }: Details & { code: ProblemCode },
  headers: Readonly<Record<string, string>> = {},
): Response {
  const status = PROBLEMS[code];
  const title = code.toLowerCase().replaceAll('_', ' ');
  return new Response(JSON.stringify({ type: 'about:blank', title, status, code, ...details }), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}
