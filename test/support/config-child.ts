/** Adds profiles NAME-0, NAME-1, … to the settings in a folder, one update each. Arguments: FOLDER NAME COUNT. */
import { createConfigStore } from '../../src/config/config-store.ts';
import { realLocking } from './locking.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const store = createConfigStore(folder, realLocking());
for (let index = 0; index < Number(count); index += 1)
  await store.update((config) => ({
    ...config,
    profiles: {
      ...config.profiles,
      [`${name}-${index}`]: { portal: 'https://portal.example', username: name, store: 'none' },
    },
  }));
