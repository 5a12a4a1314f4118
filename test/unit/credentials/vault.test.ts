import { describe, expect, it } from 'vitest';
import { profileNameFor } from '../../../src/credentials/profile-of-account.ts';
import { createVault } from '../../../src/credentials/vault.ts';
import type { Profile } from '../../../src/ports/settings.ts';
import { memorySecrets } from '../../support/memory-secrets.ts';

const at = (portal: string): Profile => ({ portal, username: 'demo_nurse', store: 'keychain' });

describe('an account', () => {
  it.each([
    ['https://portal.example', 'https://portal.example.', 'secret'],
    ['https://portal.example.', 'https://portal.example', 'secret'],
    ['http://127.0.0.1:8321', 'http://localhost:8321', undefined],
  ])('whose secrets were kept for %s has at %s: %s', async (kept, asked, password) => {
    const secrets = memorySecrets();
    const vault = createVault(async () => secrets);
    await vault.keep(at(kept), 'secret', { accessToken: 'token-of-a-session' });
    expect(await vault.password(at(asked))).toBe(password);
  });

  it.each([
    ['https://portal.example.', 'mine'],
    ['https://other.example', 'demo_nurse'],
  ])('at %s has the profile %s', (portal, name) => {
    const profiles = { mine: at('https://portal.example') };
    expect(profileNameFor({ currentProfile: null, profiles, settings: {} }, portal, 'demo_nurse')).toBe(name);
  });
});
