/** Which processes of this machine still run. */
import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { environmentForOthers } from '../domain/environment-for-others.ts';
import type { Owner, ProcessTable } from './lock.ts';

/** Where the boot has no identity of its own, its time stands for it, as exact as clocks are. */
const BOOT_TIME_STEP_MS = 120_000;

/**
 * A lock is held for one application, a few requests of a minute at most. One of another machine (a shared home folder,
 * a container that is gone) whose processes cannot be seen is over after this time.
 */
const FOREIGN_LOCK_MS = 10 * 60_000;

/** A process that started so long after a lock was taken is not the one that took it; less may be a clock that was set. */
const STARTED_LATER_MS = 60_000;

interface Machine {
  readonly pid: number;
  readonly platform: NodeJS.Platform;
  now(): Date;
  /** Throws when there is no such process. */
  signal(pid: number): void;
  /** Of `cert`: the system's own tool gets what is not ours of it. */
  readonly environment?: Environment | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function processTable({ pid, platform, now, signal, environment }: Machine): ProcessTable {
  const boot = bootId() ?? String(Math.round((now().getTime() - uptime() * 1_000) / BOOT_TIME_STEP_MS));
  const self: Owner = { pid, host: hostname(), boot, started: startTicks(pid) };
  return {
    self,
    isAlive: (owner, lockedAt) => {
      // One of the future was not taken just now either.
      if (owner.host !== self.host) return Math.abs(now().getTime() - lockedAt.getTime()) < FOREIGN_LOCK_MS;
      if (!sameBoot(owner.boot, boot) || !runs(owner.pid, signal)) return false;
      const ticks = startTicks(owner.pid);
      if (ticks !== '' && owner.started !== '') return ticks === owner.started;
      const startedAt = startTime(owner.pid, platform, environment);
      return startedAt === undefined || startedAt.getTime() - lockedAt.getTime() < STARTED_LATER_MS;
    },
  };
}

/** Times of boot may differ by a step when they fall on its edge. */
function sameBoot(one: string, other: string): boolean {
  if (one === other) return true;
  return /^\d+$/.test(one) && /^\d+$/.test(other) && Math.abs(Number(one) - Number(other)) <= 1;
}

function runs(pid: number, signal: Machine['signal']): boolean {
  try {
    signal(pid);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string | undefined {
  return read('/proc/sys/kernel/random/boot_id')?.trim() || undefined;
}

/** The start of a process in clock ticks since boot (proc(5), field 22 of stat); empty where there is no /proc. */
function startTicks(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** When a process started, asked of the system's own tool; undefined when it does not tell. */
export function startTime(pid: number, platform: NodeJS.Platform, environment: Environment = {}): Date | undefined {
  try {
    const text = (platform === 'win32' ? askPowerShell(pid, environment) : askPs(pid)).toString().trim();
    const startedAt = new Date(platform === 'win32' ? text : `${text} UTC`);
    return Number.isNaN(startedAt.getTime()) ? undefined : startedAt;
  } catch {
    return undefined;
  }
}

const ASKING: ExecFileSyncOptions = { timeout: 5_000, stdio: ['ignore', 'pipe', 'ignore'] };

const askPs = (pid: number) =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    ...ASKING,
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
  });

const askPowerShell = (pid: number, environment: Environment) => {
  const question = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`;
  return execFileSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', question], {
    ...ASKING,
    env: environmentForOthers(environment),
  });
};

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
