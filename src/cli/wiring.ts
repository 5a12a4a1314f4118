/** The Context over a Machine: every port is made when it is first used, so a command loads only what it touches. */
import type { Context } from '../commands/context.ts';
import { resolveAccount } from '../config/resolve-account.ts';
import { type KnownSecrets, secretsOfAddress } from '../domain/known-secrets.ts';
import { requireLikely } from '../domain/likely-input.ts';
import type { Machine } from '../ports/machine.ts';
import {
  localOf,
  openConfig,
  openFiles,
  openLocalData,
  openSubmissions,
  openTrustStore,
  openVerifier,
  openWallet,
} from './local-ports.ts';
import { once } from './once.ts';
import { secretFromStdin, secretLinesFromStdin, secretStores, usePrompts } from './person-ports.ts';
import { checkToken, endSession, openHolderPortal, openHttp, openPortal, openSessions } from './portal-ports.ts';

type Given = Pick<Context, 'options' | 'language' | 'messages' | 'terminal'> & {
  explain(line: string): void;
  /** The secrets of this run; whoever learns of one adds it. */
  readonly known: KnownSecrets;
  /** The variables that came with what a line break leaves. */
  readonly mended: readonly string[];
};

export function createContext(
  machine: Machine,
  { options, language, messages, terminal, explain, known, mended }: Given,
): Context {
  const { environment, clock, startedAt, random, newReference, stdin, signal, openInViewer, runSelf, pageText } =
    machine;
  const local = localOf(machine);
  const config = openConfig(local);
  const account = once(() => {
    requireLikely(environment);
    for (const name of mended) terminal.warn(messages.login.mended(name));
    const resolved = resolveAccount({ options, environment, config: config.read() });
    known.allow(resolved.username?.value);
    for (const secret of secretsOfAddress(resolved.portal?.value)) known.learn(secret);
    return resolved;
  });
  const prompts = usePrompts(machine, { terminal, messages, known });
  const secrets = secretStores(local, { options, terminal, messages, prompts, known });
  const http = once(() => openHttp(machine, options, known));
  const portal = once(() => openPortal(http, { account, secrets, messages, terminal }));
  const sessions = once(() => openSessions({ account, environment, clock, config, secrets, portal }));
  const holderPortal = once(() => openHolderPortal(http, { portal, sessions, messages, terminal }, known));
  const verifier = once(openVerifier);
  return {
    options,
    environment,
    language,
    messages,
    clock,
    startedAt,
    random,
    newReference,
    terminal,
    prompts,
    config,
    interruption: { signal, explain },
    account,
    portal,
    holderPortal,
    checkToken: (accessToken) => checkToken(http, { portal }, accessToken),
    endSession: (profile) => endSession(http, { sessions }, profile),
    sessions,
    secrets,
    submissions: once(() => openSubmissions(local, { portal, holderPortal, terminal, messages })),
    wallet: once(() => openWallet(local)),
    files: once(() => openFiles(local)),
    verifier,
    pageText: once(pageText),
    trust: once(() => openTrustStore(local, verifier)),
    localData: once(() => openLocalData(local)),
    readSecretFromStdin: (flag) => secretFromStdin(stdin, flag, known),
    readSecretLines: (flags) => secretLinesFromStdin(stdin, flags, known),
    openInViewer,
    runSelf,
  };
}
