import { shanghaiMinute } from '../../domain/calendar.ts';
import { maskIdNumber } from '../../domain/id-number.ts';
import { portalOrigin } from '../../domain/portal-origin.ts';
import { maskName } from '../../domain/privacy.ts';
import { CertError } from '../../errors.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';

interface WhoamiFlags {
  readonly check?: boolean;
  readonly showPii?: boolean;
}

export const whoami: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(command.option('--check', flag.checkSession).option('--show-pii', flag.showPii), (ctx, flags: WhoamiFlags) =>
      runWhoami(ctx, flags),
    ),
};

export async function runWhoami(
  ctx: Pick<Context, 'account' | 'holderPortal' | 'messages' | 'sessions' | 'terminal'>,
  { check = false, showPii = false }: WhoamiFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const account = ctx.account();
  if (account.portal === undefined) throw new CertError('PORTAL_NOT_CONFIGURED', {});
  // First, as it may renew the session that is told of.
  if (check) await (await ctx.holderPortal()).certificates();
  const session = await (await ctx.sessions()).current();
  const holder = session.holder && {
    ...session.holder,
    name: showPii ? session.holder.name : maskName(session.holder.name),
    idNumberMasked: showPii ? session.holder.idNumberMasked : maskIdNumber(session.holder.idNumberMasked),
  };
  const profile = {
    name: account.profile ?? null,
    nameSource: account.profileSource ?? null,
    portal: { ...account.portal, value: portalOrigin(account.portal.value) },
    username: account.username ?? null,
    secretsIn: session.source,
    sessionExpiresAt: session.expiresAt ?? null,
    holder: holder ?? null,
  };
  terminal.result({ profile, ...(check ? { sessionHolds: true } : {}) }, () => {
    const { term, source, store } = messages;
    const { name, nameSource } = profile;
    const chosenBy = nameSource === null || nameSource === 'config' ? messages.profile.isCurrent : source[nameSource];
    const sourced = ({ value, source: from }: { value: string; source: keyof typeof source }) =>
      `${value} (${source[from]})`;
    return terminal.details([
      ...(name === null ? [] : [[term.profile, `${name} (${chosenBy})`] as const]),
      [term.portal, sourced(profile.portal)],
      ...(profile.username === null ? [] : [[term.username, sourced(profile.username)] as const]),
      ...(holder === undefined ? [] : [[term.holder, `${holder.name} ${holder.idNumberMasked}`] as const]),
      [term.secret, store[session.source]],
      [term.session, session.expiresAt === undefined ? messages.sessionEndUnknown : shanghaiMinute(session.expiresAt)],
      ...(check ? [[term.checked, messages.sessionHolds] as const] : []),
    ]);
  });
}
