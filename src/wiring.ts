/** The Context over a Machine: every port is made when it is first used, so a command loads only what it touches. */
import { resolveAccount } from './config/account.ts';
import { createConfigStore } from './config/config-store.ts';
import { configFolder, stateFolder } from './config/paths.ts';
import type { Context, Portal, Profile, Sessions, Verifier } from './context.ts';
import { portalOrigin } from './domain/portal-origin.ts';
import { CertError, isCertError } from './errors.ts';
import { failureOf } from './failure.ts';
import type { Machine } from './machine.ts';
import { createPrompts } from './ui/prompts.ts';

type Given = Pick<Context, 'options' | 'language' | 'messages' | 'terminal'> & { explain(line: string): void };

export function createContext(machine: Machine, { options, language, messages, terminal, explain }: Given): Context {
  const { environment, platform, home, clock, random, signal } = machine;
  const config = createConfigStore(configFolder(environment, platform, home));
  const account = once(() => resolveAccount({ options, environment, config: config.read() }));
  const log = options.debug ? (line: string) => void machine.stderr.write(`${line}\n`) : undefined;

  const state = () => stateFolder(environment, platform, home);
  const processes = once(async () => {
    const { processTable } = await import('./wallet/processes.ts');
    return processTable({ pid: machine.pid, platform, now: () => clock.now(), signal: machine.signalProcess });
  });
  const http = once(async () => {
    const { createHttp } = await import('./portal/http.ts');
    return createHttp({ fetch: await machine.fetch(), clock, random, signal, log });
  });
  const portalAt = async (address: string, session: () => Promise<Pick<Sessions, 'current' | 'renew'>>) => {
    const origin = portalOrigin(address);
    const { createPortal } = await import('./portal/client.ts');
    return createPortal({ http: await http(), origin, sessions: session });
  };
  const portal = once(async (): Promise<Portal> => {
    const address = account().portal;
    if (address === undefined) throw new CertError('PORTAL_NOT_CONFIGURED', {});
    return portalAt(address.value, sessions);
  });
  const sessions = once(async (): Promise<Sessions> => {
    const { createSessions } = await import('./credentials/sessions.ts');
    return createSessions({
      account: account(),
      environment,
      store: machine.secrets,
      config,
      logIn: async (credentials) => (await portal()).logIn(credentials),
      clock,
    });
  });

  const verifier = once(async (): Promise<Verifier> => {
    const [{ verifyPdf }, { certificatesIn }] = await Promise.all([import('./pdf/verify.ts'), import('./pdf/pem.ts')]);
    return { verify: verifyPdf, certificates: certificatesIn };
  });

  return {
    options,
    environment,
    language,
    messages,
    clock,
    startedAt: machine.startedAt,
    random,
    newReference: machine.newReference,
    terminal,
    prompts:
      machine.prompts ??
      createPrompts({
        interactive: terminal.interactive,
        stdin: machine.stdin,
        stderr: machine.stderr,
        signal,
        messages,
      }),
    config,
    interruption: { signal, explain },
    account,
    portal,
    sessions,
    secrets: machine.secrets,
    submissions: once(async () => {
      const { createSubmissions } = await import('./wallet/submissions.ts');
      return createSubmissions({
        portal: await portal(),
        clock,
        newReference: machine.newReference,
        processes: await processes(),
        stateFolder: state(),
        warn: (error) => {
          if (!isCertError(error)) throw error;
          terminal.warn(failureOf(error, messages).message);
        },
      });
    }),
    wallet: once(async () => {
      const { createWallet } = await import('./wallet/wallet.ts');
      return createWallet({ stateFolder: state(), clock, processes: await processes() });
    }),
    files: once(async () => {
      const { createFiles } = await import('./wallet/files.ts');
      return createFiles({ cwd: machine.cwd, stateFolder: state() });
    }),
    verifier,
    trust: once(async () => {
      const { createTrustStore } = await import('./config/trust-store.ts');
      return createTrustStore({ folder: configFolder(environment, platform, home), verifier });
    }),
    endSession: async (profile: Profile) => {
      const accessToken = await (await sessions()).stored(profile);
      if (accessToken === undefined) return;
      const fixed = { current: async () => ({ accessToken, source: profile.store }), renew: async () => undefined };
      await (await portalAt(profile.portal, async () => fixed)).logOut();
    },
    readSecretFromStdin: (flag = '--password-stdin') => readSecret(machine.stdin, flag),
    openInViewer: machine.openInViewer,
    runSelf: machine.runSelf,
  };
}

/** The same value for every call; a failure is remembered as well. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | { error: unknown } | undefined;
  return () => {
    if (made === undefined) {
      try {
        made = { value: make() };
      } catch (error) {
        made = { error };
      }
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}

const MOST_SECRET_BYTES = 4_096;

async function readSecret(stdin: Machine['stdin'], flag: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MOST_SECRET_BYTES) break;
  }
  const secret = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (secret === '' || bytes > MOST_SECRET_BYTES || /[\r\n]/.test(secret))
    throw new CertError('INPUT_REQUIRED', { flag });
  return secret;
}
