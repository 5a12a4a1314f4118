/** The Context over a Machine: every port is made when it is first used, so a command loads only what it touches. */
import type { Context } from '../commands/context.ts';
import { createConfigStore } from '../config/config-store.ts';
import { configFolder, stateFolder } from '../config/paths.ts';
import { resolveAccount } from '../config/resolve-account.ts';
import { portalOrigin } from '../domain/portal-origin.ts';
import { CertError, isCertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Machine } from '../ports/machine.ts';
import type { Portal } from '../ports/portal.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { Profile } from '../ports/settings.ts';
import type { Verifier } from '../ports/verifier.ts';
import { failureOf } from '../ui/messages/failure.ts';
import { createPrompts } from '../ui/prompts.ts';

type Given = Pick<Context, 'options' | 'language' | 'messages' | 'terminal'> & { explain(line: string): void };

export function createContext(machine: Machine, { options, language, messages, terminal, explain }: Given): Context {
  const { environment, platform, home, clock, random, signal } = machine;
  const settings = configFolder(environment, platform, home);
  const processes = once(async () => {
    const { processTable } = await import('../disk/process-table.ts');
    return processTable({ pid: machine.pid, platform, now: () => clock.now(), signal: machine.signalProcess });
  });
  const locking = { clock, processes };
  const config = createConfigStore(settings, locking);
  const account = once(() => resolveAccount({ options, environment, config: config.read() }));

  const state = () => stateFolder(environment, platform, home);
  const debugLog = async () => {
    if (!options.debug) return undefined;
    const { createDebugLog } = await import('../portal/debug.ts');
    return createDebugLog((line) => void machine.stderr.write(`${line}\n`));
  };
  const http = once(async () => {
    const { createHttp } = await import('../portal/client.ts');
    return createHttp({ fetch: await machine.fetch(), clock, random, signal, log: await debugLog() });
  });
  const portal = once(async (): Promise<Portal> => {
    const address = account().portal;
    if (address === undefined) throw new CertError('PORTAL_NOT_CONFIGURED', {});
    // The keychain's process gets ready while the HTTP stack is loaded.
    if (account().store === 'keychain') void secrets('keychain').catch(() => undefined);
    const origin = portalOrigin(address.value);
    const { createPortal } = await import('../portal/client.ts');
    return createPortal({ http: await http(), origin });
  });
  const prompts =
    machine.prompts ??
    createPrompts({
      interactive: terminal.interactive,
      stdin: machine.stdin,
      stderr: machine.stderr,
      signal,
      messages,
    });
  const stores = once(async () => {
    const { createStores } = await import('../credentials/stores.ts');
    return createStores({
      machine,
      prompts,
      words: { keychainIsSlow: messages.login.keychainIsSlow, passphrase: messages.passphrase },
      interactive: terminal.interactive,
      say: terminal.say,
      passphraseFile: options.passphraseFile,
      configFolder: settings,
      locking,
    });
  });
  const secrets = async (kind: StoreKind): Promise<SecretStore> => (await stores())(kind);
  const sessions = once(async (): Promise<Sessions> => {
    const { createSessions } = await import('../credentials/sessions.ts');
    return createSessions({
      account: account(),
      environment,
      store: secrets,
      config,
      logIn: async (credentials) => (await portal()).logIn(credentials),
      clock,
    });
  });

  const holderPortalAt = async (origin: string, used: Pick<Sessions, 'current' | 'renew'>): Promise<HolderPortal> => {
    const { createHolderPortal } = await import('../portal/client.ts');
    return createHolderPortal({ http: await http(), origin, sessions: used });
  };
  const holderPortal = once(async () => {
    const { origin } = await portal();
    return holderPortalAt(origin, await sessions());
  });

  const verifier = once(async (): Promise<Verifier> => {
    const [{ verifyPdf }, { certificatesIn }] = await Promise.all([
      import('../pdf/verify-pdf.ts'),
      import('../pdf/pem.ts'),
    ]);
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
    prompts,
    config,
    interruption: { signal, explain },
    account,
    portal,
    holderPortal,
    sessions,
    secrets,
    submissions: once(async () => {
      const { createSubmissions } = await import('../submissions/submissions.ts');
      return createSubmissions({
        portal: await portal(),
        holderPortal: await holderPortal(),
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
      const { createWallet } = await import('../wallet/wallet.ts');
      return createWallet({ stateFolder: state(), locking });
    }),
    files: once(async () => {
      const { createFiles } = await import('../wallet/save-files.ts');
      return createFiles({ cwd: machine.cwd, stateFolder: state() });
    }),
    verifier,
    trust: once(async () => {
      const { createTrustStore } = await import('../config/trust-store.ts');
      return createTrustStore({ folder: settings, locking, verifier });
    }),
    localData: once(async () => {
      const { createLocalData } = await import('./local-data.ts');
      return createLocalData({ configFolder: settings, stateFolder: state(), processes: await processes() });
    }),
    endSession: async (profile: Profile) => {
      const accessToken = await (await sessions()).stored(profile);
      if (accessToken === undefined) return;
      await (await holderPortalAt(portalOrigin(profile.portal), only(accessToken))).logOut();
    },
    checkToken: async (accessToken) => {
      const { origin } = await portal();
      await (await holderPortalAt(origin, only(accessToken))).certificates().catch((error) => {
        throw isCertError(error, 'SESSION_EXPIRED') ? new CertError('TOKEN_REFUSED', {}) : error;
      });
    },
    readSecretFromStdin: async (flag = '--password-stdin') => {
      const { readSecret } = await import('../credentials/read-secret.ts');
      const secret = await readSecret(machine.stdin);
      if (secret === undefined) throw new CertError('INPUT_REQUIRED', { flag });
      return secret;
    },
    readSecretLines: async (flags) =>
      (await import('../credentials/secret-lines.ts')).readSecretLines(machine.stdin, flags),
    openInViewer: machine.openInViewer,
    runSelf: machine.runSelf,
  };
}

/** One session and no other. */
const only = (accessToken: string): Pick<Sessions, 'current' | 'renew'> => ({
  current: async () => ({ accessToken, source: 'none' as const }),
  renew: async () => undefined,
});

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
