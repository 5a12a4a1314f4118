import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/create-sandbox.ts';
import { Authority } from '../../../src/sandbox/pki/authority.ts';
import { keyKinds, type StoredPki } from '../../../src/sandbox/pki/stored.ts';
import { fileStateStore } from '../../../src/sandbox/state-file.ts';
import { ORIGIN } from '../../support/sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function memoryStore() {
  const saved: StoredPki[] = [];
  return { saved, load: () => saved.at(-1), save: async (pki: StoredPki) => void saved.push(structuredClone(pki)) };
}

describe('the throw-away PKI', () => {
  it.each(keyKinds)('leads from the one root to a certificate that signs: %s', async (kind) => {
    const authority = new Authority(memoryStore());
    const root = new X509Certificate(await authority.trustAnchor());
    const { certificate, issuer } = await authority.signer(kind);
    const [own, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    expect([root.ca, above.ca, own.ca]).toEqual([true, true, false]);
    expect([own.checkIssued(above), above.checkIssued(root), root.checkIssued(root)]).toEqual([true, true, true]);
    expect([above.verify(root.publicKey), root.verify(root.publicKey)]).toEqual([true, true]);
    expect(new Set([root, above, own].map(({ serialNumber }) => serialNumber)).size).toBe(3);
  });

  it('is made once, however many ask at the same time', async () => {
    const store = memoryStore();
    const authority = new Authority(store);
    const answers = await Promise.all([
      authority.trustAnchor(),
      authority.signer('p256'),
      authority.signer('p256'),
      authority.trustAnchor(),
    ]);
    expect(answers[3]).toBe(answers[0]);
    expect(answers[2].certificate).toEqual(answers[1].certificate);
    expect(store.saved.map(({ signers }) => Object.keys(signers))).toEqual([[], ['p256']]);
  });

  it('goes on from whatever was kept when it was killed', async () => {
    const store = memoryStore();
    const authority = new Authority(store);
    const root = await authority.trustAnchor();
    for (const kind of keyKinds) await authority.signer(kind);
    expect(store.saved).toHaveLength(1 + keyKinds.length);
    for (const kept of store.saved) {
      const again = new Authority({ load: () => kept, save: async () => undefined });
      expect(await again.trustAnchor()).toBe(root);
      const { certificate, issuer } = await again.signer('p256');
      expect(new X509Certificate(certificate).checkIssued(new X509Certificate(issuer))).toBe(true);
      expect(new X509Certificate(issuer).verify(new X509Certificate(root).publicKey)).toBe(true);
    }
  });

  it('signs nothing with what could not be kept, and tries again', async () => {
    const store = memoryStore();
    let full = true;
    const save = async (pki: StoredPki) => {
      if (full) throw new Error('disk full');
      await store.save(pki);
    };
    const authority = new Authority({ load: store.load, save });
    await expect(authority.signer('p256')).rejects.toThrow('disk full');
    full = false;
    await authority.signer('p256');
    expect(Object.keys(store.load()?.signers ?? {})).toEqual(['p256']);
  });
});

describe('the PKI of a sandbox', () => {
  const sandboxOn = (state: string, signature?: 'p256' | 'rsa' | 'sm2') =>
    createSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), store: fileStateStore(state), signature });
  const get = async (sandbox: Sandbox, path: string) =>
    (await sandbox.handle(new Request(`${ORIGIN}/sandbox${path}`))).text();
  const post = (sandbox: Sandbox, path: string, body: unknown) =>
    sandbox.handle(new Request(`${ORIGIN}/sandbox${path}`, { method: 'POST', body: JSON.stringify(body) }));

  it('is kept with the state, and outlives a reset', async () => {
    const state = join(temporaryFolder(), 'state.json');
    const first = sandboxOn(state);
    const anchor = await first.trustAnchor();
    expect(await get(first, '/trust-anchor')).toBe(anchor);
    await post(first, '/reset', {});
    expect(await first.trustAnchor()).toBe(anchor);
    expect(await sandboxOn(state).trustAnchor()).toBe(anchor);
  });

  it('shows no private key', async () => {
    const sandbox = sandboxOn(join(temporaryFolder(), 'state.json'));
    await sandbox.trustAnchor();
    expect(await get(sandbox, '/state')).not.toMatch(/secret|pki|PRIVATE/);
  });

  it('signs with what the settings say, or the last start', async () => {
    const state = join(temporaryFolder(), 'state.json');
    const signatureOf = async (sandbox: Sandbox) => JSON.parse(await get(sandbox, '/state')).signature;
    const first = sandboxOn(state);
    expect(await signatureOf(first)).toBe('p256');
    expect((await post(first, '/settings', { signature: 'sm2' })).status).toBe(200);
    expect((await post(first, '/settings', { signature: 'md5' })).status).toBe(400);
    expect(await signatureOf(sandboxOn(state))).toBe('sm2');
    expect(await signatureOf(sandboxOn(state, 'rsa'))).toBe('rsa');
    expect(await signatureOf(sandboxOn(state))).toBe('rsa');
  });
});
