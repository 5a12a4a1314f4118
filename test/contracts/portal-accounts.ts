import { describe, expect, it } from 'vitest';
import { PASSWORD, type PortalAsker } from './portal-asker.ts';

export function accountsContract({ ask, control, answer, refusal, logIn }: PortalAsker): void {
  describe('accounts', () => {
    it('counts wrong passwords and locks', async () => {
      const body = { username: 'demo_nurse', password: 'Wrong2026x' };
      for (let left = 4; left > 0; left -= 1)
        expect((await refusal('logIn', { body }, 'INVALID_CREDENTIALS')).body.attemptsLeft).toBe(left);
      expect((await refusal('logIn', { body }, 'ACCOUNT_LOCKED')).body.until).toBeTruthy();
      await refusal('logIn', { body: { ...body, password: PASSWORD } }, 'ACCOUNT_LOCKED');
      await control('POST', '/clock', { advanceMs: 15 * 60_000 });
      await logIn('demo_nurse');
    });

    it.each(['image', 'sms'] as const)('asks a challenge: %s', async (kind) => {
      await control('POST', '/settings', { challenge: kind });
      const credentials = { username: 'demo_nurse', password: PASSWORD };
      const { body } = await refusal('logIn', { body: credentials }, 'CHALLENGE_REQUIRED');
      expect(body.challenge.kind).toBe(kind);
      const wrong = { ...credentials, challenge: { id: body.challenge.id, answer: 'x' } };
      const again = await refusal('logIn', { body: wrong }, 'CHALLENGE_FAILED');
      const { challenges } = (await control('GET', '/challenges')) as { challenges: { id: string; answer: string }[] };
      const { id, answer: right } = challenges.find((c) => c.id === again.body.challenge.id) ?? { id: '', answer: '' };
      await answer('logIn', { body: { ...credentials, challenge: { id, answer: right } } });
      await refusal('logIn', { body: { ...credentials, challenge: { id, answer: right } } }, 'CHALLENGE_FAILED');
    });

    it('logs in by QR code', async () => {
      const { id } = await answer('startQrLogin');
      expect(await answer('qrLogin', { id })).toEqual({ status: 'pending' });
      await control('POST', '/confirm', { id, username: 'demo_nurse' });
      const { session } = await answer('qrLogin', { id });
      expect(await answer('qrLogin', { id })).toEqual({ status: 'confirmed', session });
      await answer('certificates', { token: session.accessToken });
      const late = await answer('startQrLogin');
      await control('POST', '/clock', { advanceMs: 3 * 60_000 });
      expect(await answer('qrLogin', { id: late.id })).toEqual({ status: 'expired' });
      await refusal('qrLogin', { id: 'nobody' }, 'NOT_FOUND');
    });

    it('registers by its policies', async () => {
      const body = {
        username: 'new_person',
        password: 'Abcdefg1',
        idType: 'resident-id',
        idNumber: '11010519491231002X',
        name: '样张',
        phone: '00000000000',
      };
      expect(await answer('register', { body })).toEqual({ username: 'new_person' });
      await refusal('register', { body }, 'USERNAME_TAKEN');
      await refusal('register', { body: { ...body, username: 'new_person2' } }, 'ID_ALREADY_REGISTERED');
      const { body: wrong } = await refusal(
        'register',
        { body: { ...body, password: 'short', idNumber: '110105194912310021' } },
        'VALIDATION_FAILED',
      );
      expect(wrong.fields.map(({ field }: { field: string }) => field)).toEqual(['password', 'idNumber']);
      await answer('logIn', { body: { username: 'new_person', password: 'Abcdefg1' } });
      await refusal('register', { body: { ...body, username: '__proto__' } }, 'USERNAME_TAKEN');
    });

    it('ends sessions', async () => {
      const token = await logIn('demo_nurse');
      await answer('logOut', { token });
      expect((await ask('certificates', { token })).status).toBe(401);
      const other = await logIn('demo_nurse');
      await control('POST', '/clock', { advanceMs: 30 * 60_000 });
      expect((await ask('certificates', { token: other })).status).toBe(401);
    });
  });
}
