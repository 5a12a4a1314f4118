import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { environmentForOthers } from '../../src/domain/environment-for-others.ts';
import { useRealWorld } from '../support/executable.ts';

const world = useRealWorld();

/** A folder for PATH in which the system's viewer writes down what it was given. */
function viewerThatTells() {
  const folder = join(world.folder, 'bin');
  const told = join(world.folder, 'told');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\n{ env; echo "OPENED=$1"; } > ${told}.part\nmv ${told}.part ${told}\n`,
    {
      mode: 0o755,
    },
  );
  return { PATH: folder + delimiter + process.env.PATH, told };
}

describe.runIf(process.platform === 'linux')('the viewer', () => {
  it('gets the environment without anything of ours', async () => {
    const { PATH, told } = viewerThatTells();
    const env = world.env('demo_nurse', { PATH, CERT_PASSPHRASE: 'planted-passphrase', DISPLAY: ':7' });
    const { code, err } = await world.cert(['view', 'c-nurse-2019'], env);
    expect({ code, err }).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(existsSync(told)).toBe(true));
    const given = readFileSync(told, 'utf8');
    expect(given).toContain('DISPLAY=:7');
    expect(given).toMatch(/^OPENED=.*\.pdf$/m);
    expect(given).not.toMatch(/CERT_|Sandbox2026|planted-passphrase/);
  });
});

describe('the environment for other programs', () => {
  it('has nothing of ours, however it is spelt', () => {
    const environment = { PATH: '/bin', CERT_TOKEN: 'a', Cert_Password: 'b', cert_portal: 'c', MY_CERT_X: 'd' };
    expect(environmentForOthers(environment)).toEqual({ PATH: '/bin', MY_CERT_X: 'd' });
  });
});
