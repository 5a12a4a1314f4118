/** A verification in words. */

import type {
  Layer,
  LayerName,
  LayerResult,
  SignatureVerification,
  Verdict,
  Verification,
} from '../../domain/verification.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import type { Context } from '../context.ts';
import { scenarioText } from '../shared/describe.ts';
import { shownPath } from '../shared/shown-path.ts';
import type { PageFacts } from './page-facts.ts';

/** A file that was verified. */
export interface Verified extends Verification, PageFacts {
  /** As the person named it. */
  readonly path: string;
}

type Shown = Pick<Context, 'terminal' | 'messages'>;
type ReasonText = Messages['verification']['reasons']['structure']['NOT_A_PDF'];

const MARK: Readonly<Record<LayerResult | Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  unknown: '?',
  valid: '✓',
  invalid: '✗',
};

const paint = ({ style }: Terminal, result: LayerResult | Verdict, text: string): string => {
  if (result === 'pass' || result === 'valid') return style.good(text);
  return result === 'unknown' ? style.warn(text) : style.bad(text);
};

/** What a layer's reason means and what to do: the one place where codes become sentences. */
const reasonText = (name: LayerName, { code }: Layer, { verification }: Messages): ReasonText =>
  (verification.reasons[name] as Readonly<Record<string, ReasonText>>)[code] as ReasonText;

export const verdictMark = ({ messages }: Pick<Shown, 'messages'>, verdict: Verdict): string =>
  `${MARK[verdict]} ${messages.verification.verdict[verdict]}`;

const verdictLine = (ctx: Shown, { path, verdict }: Verified): string =>
  `${paint(ctx.terminal, verdict, verdictMark(ctx, verdict))}  ${shownPath(path)}`;

const INDENT = '  ';

const LAYERS: readonly LayerName[] = ['structure', 'integrity', 'signer', 'revisions', 'annotation'];

/** All of it: the verdict, the facts, and each layer with what it means; of several signatures, for each. */
export function fullReport(ctx: Shown, verified: Verified): string {
  const { signatures = [] } = verified;
  const annotation = annotationOf(verified, ctx.messages);
  const blocks =
    signatures.length === 0
      ? [entries(ctx, [...factsOf(verified, ctx.messages), ...annotation]), layersOf(ctx, verified, LAYERS)]
      : [
          ...signatures.flatMap((one, index) => signatureReport(ctx, one, index + 1, signatures.length)),
          entries(ctx, annotation),
          layersOf(ctx, verified, ['annotation']),
        ];
  return [verdictLine(ctx, verified), ...blocks.filter((block) => block !== '')].join('\n\n');
}

/** One of several, under a title of its own. What the annotation says is the same for all. */
function signatureReport(ctx: Shown, signature: SignatureVerification, number: number, total: number): string[] {
  const title = `${INDENT}${ctx.messages.verification.signatureOf(number, total)}`;
  const facts = entries(ctx, factsOf(signature, ctx.messages));
  return [[title, ...(facts === '' ? [] : [facts])].join('\n'), layersOf(ctx, signature, LAYERS.slice(0, -1))];
}

const entries = ({ terminal }: Shown, facts: readonly Fact[]): string =>
  facts.length === 0 ? '' : terminal.entries(facts, INDENT);

const layersOf = (ctx: Shown, { layers }: SignatureVerification, names: readonly LayerName[]): string =>
  entries(
    ctx,
    names.map((name) => {
      const layer = layers[name] as Layer;
      const { result } = layer;
      const title = paint(ctx.terminal, result, `${MARK[result]} ${ctx.messages.verification.layer[name]}`);
      return [title, sentences(name, layer, ctx.messages)];
    }),
  );

function sentences(name: LayerName, layer: Layer, messages: Messages): string {
  const { meaning, advice } = reasonText(name, layer, messages);
  return layer.result === 'pass' || advice === undefined ? meaning : `${meaning}\n→ ${advice}`;
}

type Fact = readonly [label: string, value: string];

function factsOf(
  { layers, signer, seal, claimedSigningTime, coverage }: SignatureVerification,
  messages: Messages,
): Fact[] {
  const { verification: text } = messages;
  const facts: Fact[] = [];
  const isProved = layers.signer.result === 'pass' && layers.integrity.result === 'pass';
  const named = (name: string): string => (isProved ? name : text.unproved(name));
  if (signer) facts.push([text.signedBy, named(signer.name)], [text.issuedBy, named(signer.issuerName)]);
  if (signer && layers.signer.code === 'ISSUER_CERTIFICATE_MISSING') facts.push([text.missing, signer.issuer]);
  if (seal) {
    const { id, name, maker, validFrom, validUntil } = seal;
    facts.push([text.seal, named(text.sealNamed(name, id))], [text.sealMaker, named(maker)]);
    facts.push([text.sealValidity, text.sealPeriod(validFrom.slice(0, 10), validUntil.slice(0, 10))]);
  }
  if (claimedSigningTime) facts.push([text.signingTime, text.claim(readableTime(claimedSigningTime))]);
  if (coverage) {
    const { coveredBytes, addedBytes } = coverage;
    facts.push([
      text.covers,
      addedBytes === 0 ? text.wholeFile(coveredBytes) : text.partOfFile(coveredBytes, addedBytes),
    ]);
  }
  return facts;
}

function annotationOf({ annotation }: Verification, messages: Messages): Fact[] {
  if (annotation === undefined) return [];
  const { id, scenario, validUntil } = annotation;
  const more = [...(scenario ? [scenarioText(scenario, messages)] : []), ...(id ? [id] : [])];
  const { verification: text } = messages;
  return [[text.annotation, [text.inForceUntil(validUntil), ...more].join(' · ')]];
}

/** `2026-11-24 08:00 (UTC+08:00)` */
const readableTime = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} (UTC${time.slice(19)})`;
