import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { useRealWorld } from '../support/executable.ts';
import { keyringAvailable, keyringHome } from '../support/keyring.ts';
import { onDisk } from '../support/on-disk.ts';
import { toldDuring } from '../support/process-watch.ts';

const world = useRealWorld();
const PASSWORD = 'Sandbox2026';
const WRONG = 'Planted2026x';
const PASSPHRASE = 'planted-passphrase';
const REFUSED = 'planted-token-refused';

/** Runs of `cert` with everything told that it tells, and whatever came out. */
function transcript(env: Record<string, string>) {
  let text = '';
  const run = async (code: number, line: string, input = '') => {
    const ended = await world.cert([...line.split(' '), '--debug'], env, input);
    text += ended.out + ended.err;
    expect(`${line}: ${ended.code}\n${ended.err}`).toContain(`${line}: ${code}\n`);
    return ended;
  };
  return { run, text: () => text };
}

const openSession = async () => {
  const response = await fetch(`${world.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'demo_mixed', password: PASSWORD }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
};

describe.runIf(process.platform === 'linux')('no secret', () => {
  const { under, remove } = keyringHome();
  afterAll(remove);

  async function journey(env: Record<string, string>, store: string, phrase = '') {
    const token = await openSession();
    const { run, text } = transcript({ ...env, RUN_OF: world.folder });
    const told = await toldDuring(`RUN_OF=${world.folder}`, async () => {
      await run(4, `login -u demo_nurse --password-stdin --store ${store}${phrase}`, WRONG);
      await run(0, `login -u demo_nurse --password-stdin --store ${store}${phrase}`, PASSWORD);
      await run(0, `list${phrase}`);
      await run(0, `whoami --json${phrase}`);
      await run(4, `login -u demo_mixed --with-token --store ${store}${phrase}`, REFUSED);
      await run(0, `login -u demo_mixed --with-token --store ${store}${phrase}`, token);
      await run(0, `list --json${phrase}`);
      await fetch(`${world.url}/sandbox/sessions`, { method: 'DELETE' });
      await run(4, `list${phrase}`);
      await run(0, `logout --profile demo_mixed${phrase}`);
    });
    for (const secret of [PASSWORD, WRONG, PASSPHRASE, REFUSED, token]) {
      expect(text()).not.toContain(secret);
      expect(told).not.toContain(secret);
      expect(onDisk(join(world.folder, store))).not.toContain(secret);
    }
    expect(told).toContain('cert.cjs');
    if (store === 'keychain') expect(told).toContain('keychain-child');
  }

  const envFor = (store: string) =>
    world.env(undefined, {
      CERT_CONFIG_DIR: join(world.folder, store, 'config'),
      CERT_STATE_DIR: join(world.folder, store, 'state'),
    });

  it('of an encrypted file is told to anybody or left in plain text', async () => {
    const phrase = join(world.folder, 'phrase');
    writeFileSync(phrase, PASSPHRASE);
    await journey(envFor('file'), 'file', ` --passphrase-file ${phrase}`);
  }, 60_000);

  it.runIf(keyringAvailable())(
    'of a keychain is told to anybody or left in plain text',
    async () => {
      await under('unlocked', (_, { env }) => journey({ ...envFor('keychain'), ...env }, 'keychain'));
    },
    60_000,
  );
});
