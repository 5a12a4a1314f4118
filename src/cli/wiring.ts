/** The Context over a Machine: every port is made when it is first used, so a command loads only what it touches. */
import type { Context } from '../commands/context.ts';
import { resolveAccount } from '../config/resolve-account.ts';
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

type Given = Pick<Context, 'options' | 'language' | 'messages' | 'terminal'> & { explain(line: string): void };

export function createContext(machine: Machine, { options, language, messages, terminal, explain }: Given): Context {
  const { environment, clock, startedAt, random, newReference, stdin, signal, openInViewer, runSelf } = machine;
  const local = localOf(machine);
  const config = openConfig(local);
  const account = once(() => resolveAccount({ options, environment, config: config.read() }));
  const prompts = usePrompts(machine, { terminal, messages });
  const secrets = secretStores(local, { options, terminal, messages, prompts });
  const http = once(() => openHttp(machine, options));
  const portal = once(() => openPortal(http, { account, secrets }));
  const sessions = once(() => openSessions({ account, environment, clock, config, secrets, portal }));
  const holderPortal = once(() => openHolderPortal(http, { portal, sessions }));
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
    trust: once(() => openTrustStore(local, verifier)),
    localData: once(() => openLocalData(local)),
    readSecretFromStdin: (flag) => secretFromStdin(stdin, flag),
    readSecretLines: (flags) => secretLinesFromStdin(stdin, flags),
    openInViewer,
    runSelf,
  };
}
