import { dayOf } from '../../domain/calendar.ts';
import { withoutUnseenEnds } from '../../domain/pasted-text.ts';
import { CertError } from '../../errors.ts';
import type { TrustAnchor } from '../../ports/trust-store.ts';
import type { TrustedCertificate } from '../../ports/verifier.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { readTrustFile } from './trust-file.ts';

export const trust: CommandDefinition = {
  configure: (command, { help: { argument, command: text } }, bind) => {
    bind(
      command.command('add').description(text.trustAdd).argument('<FILE>', argument.trustFile),
      (ctx, _options: object, path: string) => runTrustAdd(ctx, path),
    );
    bind(command.command('list').description(text.trustList), (ctx) => runTrustList(ctx));
    bind(
      command.command('remove').description(text.trustRemove).argument('<SHA-256>', argument.fingerprint),
      (ctx, _options: object, fingerprint: string) => runTrustRemove(ctx, fingerprint),
    );
  },
};

type Trusting = Pick<Context, 'account' | 'messages' | 'terminal' | 'trust'>;

const shown = ({ summary }: TrustedCertificate, profile: string | null) => ({ ...summary, profile });

export async function runTrustAdd(ctx: Trusting & Pick<Context, 'files' | 'verifier'>, path: string): Promise<void> {
  const certificates = await readTrustFile(ctx, path);
  const { profile } = ctx.account();
  const store = await ctx.trust();
  const known = new Set((await store.anchors(profile)).map(({ summary }) => summary.sha256));
  await store.add(
    profile,
    certificates.filter(({ summary }) => !known.has(summary.sha256)),
  );
  const { trust: text } = ctx.messages;
  const trustAnchors = certificates.map((one) => shown(one, profile ?? null));
  ctx.terminal.result({ trustAnchors }, () =>
    certificates
      .map(({ summary }) =>
        [
          (known.has(summary.sha256) ? text.known : text.added)(summary.name),
          ctx.terminal.details(detailsOf(text, summary).map(([label, value]) => [`  ${label}`, value])),
        ].join('\n'),
      )
      .join('\n\n'),
  );
}

export async function runTrustList(ctx: Trusting): Promise<void> {
  const anchors = await (await ctx.trust()).anchors(ctx.account().profile);
  const { trust: text } = ctx.messages;
  ctx.terminal.result({ trustAnchors: anchors.map((one) => shown(one, one.profile)) }, () =>
    anchors.length === 0
      ? text.none
      : anchors
          .map(({ summary, profile }) =>
            ctx.terminal.details([
              [text.term.name, summary.name],
              ...detailsOf(text, summary),
              [text.term.profile, profile ?? text.everyProfile],
            ]),
          )
          .join('\n\n'),
  );
}

const detailsOf = (text: Messages['trust'], summary: TrustedCertificate['summary']) =>
  [
    [text.term.subject, summary.subject],
    [text.term.fingerprint, summary.sha256],
    [text.term.validity, text.validity(dayOf(summary.notBefore), dayOf(summary.notAfter))],
  ] as const;

export async function runTrustRemove(ctx: Trusting, fingerprint: string): Promise<void> {
  const store = await ctx.trust();
  const anchor = theOne(await store.anchors(ctx.account().profile), fingerprint);
  await store.remove(anchor);
  ctx.terminal.result({ removed: shown(anchor, anchor.profile) }, () =>
    ctx.messages.trust.removed(anchor.summary.name),
  );
}

const LEAST_DIGITS = 8;

/** The anchor with that fingerprint, or that beginning of it; colons, blanks and case do not matter. */
function theOne(anchors: readonly TrustAnchor[], fingerprint: string): TrustAnchor {
  const digits = withoutUnseenEnds(fingerprint).replace(/[\s:]/g, '').toLowerCase();
  const matching = anchors.filter(({ summary }) => summary.sha256.startsWith(digits));
  const [first] = matching;
  const isOne = new Set(matching.map(({ summary }) => summary.sha256)).size === 1;
  if (first === undefined || !isOne || digits.length < LEAST_DIGITS)
    throw new CertError('TRUST_ANCHOR_NOT_FOUND', { fingerprint });
  return first;
}
