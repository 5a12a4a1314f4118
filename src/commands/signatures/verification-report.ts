/** A verification in words. */

import type { Layer, LayerName, LayerResult, Verdict, Verification } from '../../domain/verification.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import type { Context } from '../context.ts';
import { scenarioText } from '../shared/describe.ts';

/** A file that was verified. */
export interface Verified extends Verification {
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

/** A folder's files have been named by anybody. */
const shownPath = (path: string): string => path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');

export const verdictLine = ({ terminal, messages }: Shown, { path, verdict }: Verified): string =>
  `${paint(terminal, verdict, `${MARK[verdict]} ${messages.verification.verdict[verdict]}`)}  ${shownPath(path)}`;

const INDENT = '  ';

/** All of it: the verdict, the facts, and each layer with what it means. */
export function fullReport(ctx: Shown, verified: Verified): string {
  const { terminal, messages } = ctx;
  const facts = factsOf(verified, messages);
  const layers = (Object.entries(verified.layers) as [LayerName, Layer][]).map(([name, layer]) => {
    const title = paint(terminal, layer.result, `${MARK[layer.result]} ${messages.verification.layer[name]}`);
    return [title, sentences(name, layer, messages)] as const;
  });
  return [
    verdictLine(ctx, verified),
    '',
    ...(facts.length === 0 ? [] : [terminal.entries(facts, INDENT), '']),
    terminal.entries(layers, INDENT),
  ].join('\n');
}

function sentences(name: LayerName, layer: Layer, messages: Messages): string {
  const { meaning, advice } = reasonText(name, layer, messages);
  return layer.result === 'pass' || advice === undefined ? meaning : `${meaning}\n→ ${advice}`;
}

function factsOf({ layers, signer, seal, claimedSigningTime, coverage, annotation }: Verification, messages: Messages) {
  const { verification: text } = messages;
  const facts: [label: string, value: string][] = [];
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
  if (annotation) {
    const { id, scenario, validUntil } = annotation;
    const more = [...(scenario ? [scenarioText(scenario, messages)] : []), ...(id ? [id] : [])];
    facts.push([text.annotation, [text.inForceUntil(validUntil), ...more].join(' · ')]);
  }
  return facts;
}

/** `2026-11-24 08:00 (UTC+08:00)` */
const readableTime = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} (UTC${time.slice(19)})`;
