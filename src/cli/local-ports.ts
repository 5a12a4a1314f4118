/** The ports to what is on this machine, a function each: settings, journal, saved files, trust anchors. */
import type { Context } from '../commands/context.ts';
import { createConfigStore } from '../config/config-store.ts';
import { configFolder, stateFolder } from '../config/paths.ts';
import type { Locking } from '../disk/exclusive.ts';
import { isCertError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import type { LocalData } from '../ports/local-data.ts';
import type { Machine } from '../ports/machine.ts';
import type { ConfigStore } from '../ports/settings.ts';
import type { Submissions } from '../ports/submissions.ts';
import type { TrustStore } from '../ports/trust-store.ts';
import type { Verifier } from '../ports/verifier.ts';
import type { Wallet } from '../ports/wallet.ts';
import { failureOf } from '../ui/messages/failure.ts';
import { once } from './once.ts';

/** Where `cert` keeps its files, and who else may be at them. */
export interface Local {
  readonly machine: Machine;
  readonly configFolder: string;
  /** @throws CertError ENVIRONMENT_INVALID where there is none */
  stateFolder(): string;
  readonly locking: Locking;
}

/** @throws CertError ENVIRONMENT_INVALID where there is no folder for settings */
export function localOf(machine: Machine): Local {
  const { environment, platform, home, clock } = machine;
  const folder = configFolder(environment, platform, home);
  const processes = once(async () => {
    const { processTable } = await import('../disk/process-table.ts');
    return processTable({
      pid: machine.pid,
      platform,
      now: () => clock.now(),
      signal: machine.signalProcess,
      environment,
    });
  });
  return {
    machine,
    configFolder: folder,
    stateFolder: () => stateFolder(environment, platform, home),
    locking: { clock, processes },
  };
}

export const openConfig = ({ configFolder, locking }: Local): ConfigStore => createConfigStore(configFolder, locking);

export async function openSubmissions(
  { machine: { clock, newReference }, stateFolder, locking }: Local,
  { portal, holderPortal, terminal, messages }: Pick<Context, 'portal' | 'holderPortal' | 'terminal' | 'messages'>,
): Promise<Submissions> {
  const { createSubmissions } = await import('../submissions/submissions.ts');
  return createSubmissions({
    portal: await portal(),
    holderPortal: await holderPortal(),
    clock,
    newReference,
    processes: locking.processes,
    stateFolder: stateFolder(),
    warn: (error) => {
      if (!isCertError(error)) throw error;
      terminal.warn(failureOf(error, messages).message);
    },
  });
}

export async function openWallet({ stateFolder, locking }: Local): Promise<Wallet> {
  const { createWallet } = await import('../wallet/wallet.ts');
  return createWallet({ stateFolder: stateFolder(), locking });
}

export async function openFiles({ machine: { cwd, environment, home, platform }, stateFolder }: Local): Promise<Files> {
  const { createFiles } = await import('../wallet/save-files.ts');
  return createFiles({ cwd, environment, home, platform, stateFolder: stateFolder() });
}

export async function openVerifier(): Promise<Verifier> {
  const [{ verifyPdf }, { certificatesIn }, { activeContent }] = await Promise.all([
    import('../pdf/verify-pdf.ts'),
    import('../pdf/pem.ts'),
    import('../pdf/active-content.ts'),
  ]);
  return { verify: verifyPdf, certificates: certificatesIn, actions: activeContent };
}

export async function openTrustStore(
  { configFolder, locking }: Local,
  verifier: () => Promise<Verifier>,
): Promise<TrustStore> {
  const { createTrustStore } = await import('../config/trust-store.ts');
  return createTrustStore({ folder: configFolder, locking, verifier });
}

export async function openLocalData({ configFolder, stateFolder, locking }: Local): Promise<LocalData> {
  const { createLocalData } = await import('./local-data.ts');
  return createLocalData({ configFolder, stateFolder: stateFolder(), processes: await locking.processes() });
}
