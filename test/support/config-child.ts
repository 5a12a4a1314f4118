/** Adds profiles NAME-0, NAME-1, … to the settings in a folder, one update each. Arguments: FOLDER NAME COUNT. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createConfigStore } from '../../src/config/config-store.ts';
import { exclusively } from '../../src/disk/exclusive.ts';
import { processTable } from '../../src/disk/process-table.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const clock = { now: () => new Date(), sleep: (ms: number) => sleep(ms) };
const processes = processTable({
  platform: process.platform,
  pid: process.pid,
  now: clock.now,
  signal: (pid) => void process.kill(pid, 0),
});
const store = createConfigStore(folder, (path, work) =>
  exclusively({ lockFolder: `${folder}/locks`, lockName: 'config', path, clock, processes }, work),
);
for (let index = 0; index < Number(count); index += 1)
  await store.update((config) => ({
    ...config,
    profiles: {
      ...config.profiles,
      [`${name}-${index}`]: { portal: 'https://portal.example', username: name, store: 'none' },
    },
  }));
