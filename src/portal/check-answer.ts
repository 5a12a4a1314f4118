/** Answers held to the contract, and the words in them that only the portal knows. */
import * as v from 'valibot';
import { PROBLEMS, problem } from '../contract/problem.ts';
import { ROUTES, type Route } from '../contract/routes.ts';
import type { Annotation, AnnotationList, Certificate, CertificatePage, LookupResult } from '../contract/schemas.ts';
import { ANNOTATION_STATUSES, CERTIFICATE_KINDS, CERTIFICATE_STATUSES, isOneOf } from '../domain/words.ts';
import { CertError, type ProtocolFault } from '../errors.ts';
import type { UnknownWord } from '../ports/portal.ts';

export type JsonRoute = Route & { readonly answer: v.GenericSchema | null };
export type AnswerOf<R extends JsonRoute> = R['answer'] extends v.GenericSchema
  ? v.InferOutput<R['answer']>
  : undefined;

export type CheckAnswer = <R extends JsonRoute>(route: R, body: unknown) => AnswerOf<R>;

const MOST_TOLD = 20;

/** `tell` hears of each word once, and of so many at most. */
export function answerCheck(tell: (unknown: UnknownWord) => void): CheckAnswer {
  const told = new Set<string>();
  return (route, body) => {
    const answer = checked(route, body);
    for (const unknown of WORDS.get(route)?.(answer as never) ?? []) {
      const key = `${unknown.of} ${unknown.word}`;
      if (told.has(key) || told.size === MOST_TOLD) continue;
      told.add(key);
      tell(unknown);
    }
    return answer;
  };
}

/** @throws CertError PORTAL_PROTOCOL with the path of the field that does not fit, never with its value */
function checked<R extends JsonRoute>(route: R, body: unknown): AnswerOf<R> {
  if (route.answer === null) return undefined as AnswerOf<R>;
  const parsed = v.safeParse(route.answer, body, { abortEarly: true });
  if (parsed.success) return parsed.output as AnswerOf<R>;
  const field = v.getDotPath(parsed.issues[0]) ?? '';
  throw new CertError('PORTAL_PROTOCOL', {
    route: route.path,
    fault: refusalIn(route, body) ?? { kind: 'field', field },
  });
}

/** What is no answer at all: nothing, or a refusal with the status of a success. */
function refusalIn({ status }: Route, body: unknown): ProtocolFault | undefined {
  if (body === undefined) return { kind: 'empty' };
  const { success, output } = v.safeParse(problem, body, { abortEarly: true });
  const isRefusal = success && (Object.hasOwn(PROBLEMS, output.code) || (output.status ?? 0) >= 400);
  return isRefusal ? { kind: 'problem', status } : undefined;
}

const ofAnnotation = ({ id, status }: Annotation): UnknownWord[] =>
  isOneOf(ANNOTATION_STATUSES, status) ? [] : [{ of: 'annotationStatus', word: status, id }];

const ofCertificate = ({ id, kind, status, annotation }: Certificate): UnknownWord[] => [
  ...(isOneOf(CERTIFICATE_KINDS, kind) ? [] : [{ of: 'certificateKind', word: kind, id } as const]),
  ...(isOneOf(CERTIFICATE_STATUSES, status) ? [] : [{ of: 'certificateStatus', word: status, id } as const]),
  ...(annotation === null ? [] : ofAnnotation(annotation)),
];

const ofLookup = ({ status = 'valid' }: LookupResult): UnknownWord[] =>
  isOneOf(CERTIFICATE_STATUSES, status) ? [] : [{ of: 'lookupStatus', word: status, id: '' }];

/** Each takes the checked answer of its own route. */
const WORDS = new Map<Route, (answer: never) => UnknownWord[]>([
  [ROUTES.certificates, ({ items }: CertificatePage) => items.flatMap(ofCertificate)],
  [ROUTES.certificate, ofCertificate],
  [ROUTES.annotations, ({ items }: AnnotationList) => items.flatMap(ofAnnotation)],
  [ROUTES.annotation, ofAnnotation],
  [ROUTES.submitAnnotation, ofAnnotation],
  [ROUTES.lookup, ofLookup],
]);
