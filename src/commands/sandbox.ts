import { isCertError } from '../errors.ts';
import type { Asked } from '../sandbox/registry.ts';
import type { TrustAnchorFile } from '../sandbox/trust-anchor.ts';
import type { CommandDefinition } from './command.ts';
import type { Context } from './context.ts';
import { durationMs, oneOf, wholeNumber } from './shared/flags.ts';

interface SandboxFlags {
  readonly port: string;
  readonly state?: string;
  readonly generateAfter: string;
  readonly challenge: string;
  readonly sessionLife: string;
  readonly signature?: string;
  readonly web?: string;
  readonly webLabels?: string;
}

export const sandbox: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('--port <number>', flag.port, '8321')
        .option('--state <file>', flag.state)
        .option('--generate-after <time>', flag.generateAfter, '3s')
        .option('--challenge <kind>', flag.challenge, 'none')
        .option('--session-life <time>', flag.sessionLife, '30m')
        .option('--signature <kind>', flag.signature)
        .option('--web <layout>', flag.web)
        .option('--web-labels <year>', flag.webLabels),
      (ctx, flags: SandboxFlags) => runSandbox(ctx, flags),
    ),
};

const UNTIL_STOPPED_MS = 2 ** 31 - 1;

export async function runSandbox(
  ctx: Pick<Context, 'clock' | 'files' | 'messages' | 'newReference' | 'terminal'>,
  flags: SandboxFlags,
): Promise<void> {
  const { messages, terminal, clock } = ctx;
  const port = wholeNumber('--port', flags.port, 0, 65_535);
  const generateAfterMs = durationMs('--generate-after', flags.generateAfter);
  const sessionLifeMs = durationMs('--session-life', flags.sessionLife);
  const challenge = oneOf('--challenge', flags.challenge, ['none', 'image', 'sms', 'qr']);
  const signature =
    flags.signature === undefined
      ? undefined
      : oneOf('--signature', flags.signature, ['p256', 'rsa', 'sm2', 'ses', 'none']);
  const web = {
    ...(flags.web === undefined ? {} : { layout: oneOf('--web', flags.web, ['A', 'B', 'C']) }),
    ...(flags.webLabels === undefined
      ? {}
      : { labels: oneOf('--web-labels', flags.webLabels, ['2019', '2022', '2025']) }),
  };
  const state = flags.state === undefined ? undefined : (await ctx.files()).absolute(flags.state);
  const { serveSandbox } = await import('../sandbox/serve.ts');
  const { writeTrustAnchor } = await import('../sandbox/trust-anchor.ts');
  const { fileStateStore } = await import('../sandbox/state-file.ts');
  const server = await serveSandbox({
    port,
    generateAfterMs,
    sessionLifeMs,
    challenge,
    signature,
    web,
    now: () => clock.now(),
    newId: ctx.newReference,
    onAsked: (asked) => terminal.say(asWords(asked, server.url, messages.sandbox)),
    store: state === undefined ? undefined : fileStateStore(state),
  });
  const say = messages.sandbox;
  let anchor: TrustAnchorFile | undefined;
  try {
    anchor = await writeTrustAnchor(await server.trustAnchor(), state);
    const { path } = anchor;
    const pages = `${server.url}/web/`;
    terminal.result({ url: server.url, web: pages, trustAnchor: path }, () => say.listening(server.url));
    for (const line of [say.web(pages), say.accounts, say.try(server.url), say.trust(path), say.stop])
      terminal.say(line);
    for (;;) await clock.sleep(UNTIL_STOPPED_MS);
  } catch (error) {
    if (!isCertError(error, 'INTERRUPTED', 'TERMINATED')) throw error;
    terminal.say(say.stopped);
  } finally {
    await anchor?.remove();
    await server.close();
  }
}

/** A person who has no phone answers from here. */
function asWords(asked: Asked, url: string, say: Context['messages']['sandbox']): string {
  switch (asked.kind) {
    case 'sms':
      return say.smsCode(asked.answer);
    case 'image':
      return say.picture(`${url}/sandbox/challenges`);
    case 'qr':
      return say.confirm(`${url}/sandbox/confirm?id=${asked.id}`);
    case 'qr-login':
      return say.confirm(`${url}/sandbox/confirm?id=${asked.id}&username=demo_nurse`);
  }
}
