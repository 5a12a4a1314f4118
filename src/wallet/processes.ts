/** Which processes of this machine still run. */
import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import type { Owner, ProcessTable } from './lock.ts';

/** Where the boot has no identity of its own, its time stands for it, as exact as clocks are. */
const BOOT_TIME_STEP_MS = 120_000;

interface Machine {
  readonly pid: number;
  now(): Date;
  /** Throws when there is no such process. */
  signal(pid: number): void;
}

export function processTable({ pid, now, signal }: Machine): ProcessTable {
  const boot = bootId() ?? String(Math.round((now().getTime() - uptime() * 1_000) / BOOT_TIME_STEP_MS));
  const self: Owner = { pid, host: hostname(), boot, started: startOf(pid) };
  return {
    self,
    isAlive: (owner) => {
      if (owner.host !== self.host) return true;
      if (!sameBoot(owner.boot, boot) || !runs(owner.pid, signal)) return false;
      const started = startOf(owner.pid);
      return started === '' || owner.started === '' || started === owner.started;
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
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
