import { describe, expect, it } from 'vitest';
import type { PortalAsker } from './portal-asker.ts';

export function applicationsContract({ ask, control, answer, refusal, logIn, application }: PortalAsker): void {
  describe('an application', () => {
    it('is generated, ready, expired', async () => {
      const token = await logIn('demo_nurse');
      const { id, ...made } = await answer('submitAnnotation', {
        token,
        id: 'c-nurse-2023',
        ...application('reference-x'),
      });
      expect(made).toMatchObject({ status: 'generating', validDays: 90, clientReference: 'reference-x' });
      expect(
        (await refusal('annotationFile', { token, id }, 'ANNOTATION_GENERATING')).headers.get('retry-after'),
      ).toBeTruthy();
      await control('POST', '/clock', { advanceMs: 5_000 });
      expect(await answer('annotation', { token, id })).toMatchObject({ status: 'ready' });
      const { validUntil } = await answer('annotation', { token, id });
      await control('POST', '/clock', { now: `${validUntil}T23:59:59+08:00` });
      const last = await logIn('demo_nurse');
      expect(await answer('annotation', { token: last, id })).toMatchObject({ status: 'ready' });
      await control('POST', '/clock', { advanceMs: 1_000 });
      expect(await answer('annotation', { token: last, id })).toMatchObject({ status: 'expired' });
      await refusal('annotationFile', { token: last, id }, 'ANNOTATION_EXPIRED');
    });

    it('is the same one again for the same key', async () => {
      const token = await logIn('demo_nurse');
      const first = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      const second = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      expect(second.id).toBe(first.id);
      expect((await answer('annotations', { token, id: 'c-nurse-2023' })).quota.used).toBe(1);
      await refusal(
        'submitAnnotation',
        { token, id: 'c-nurse-2023', ...application('reference-same', { validDays: 30 }) },
        'IDEMPOTENCY_KEY_REUSED',
      );
    });

    it('goes by the key, whatever the reference, and by the keys of its own holder only', async () => {
      const token = await logIn('demo_nurse');
      const asked = {
        token,
        id: 'c-nurse-2023',
        ...application('reference-key', { clientReference: 'reference-own' }),
      };
      const first = await answer('submitAnnotation', asked);
      expect((await answer('submitAnnotation', asked)).id).toBe(first.id);
      const other = await logIn('demo_mixed');
      const theirs = { token: other, id: 'c-mixed-expired', ...application('reference-key') };
      expect((await answer('submitAnnotation', theirs)).id).not.toBe(first.id);
    });

    it('without a key is malformed', async () => {
      const token = await logIn('demo_nurse');
      const { body } = application();
      const response = await ask('submitAnnotation', { token, id: 'c-nurse-2023', body });
      expect([response.status, (await response.json()).code]).toEqual([400, 'MALFORMED_REQUEST']);
      expect((await answer('annotations', { token, id: 'c-nurse-2023' })).quota.used).toBe(0);
    });

    it('is another one for the same key where the portal is not idempotent, and echoes nothing where it does not', async () => {
      await control('POST', '/settings', { features: { idempotentSubmit: false, echoReference: false } });
      expect((await answer('meta')).features).toMatchObject({ idempotentSubmit: false, echoReference: false });
      const token = await logIn('demo_nurse');
      const first = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      const second = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      expect(second.id).not.toBe(first.id);
      expect(first).not.toHaveProperty('clientReference');
    });

    it('takes one of three slots, until 90 days are over', async () => {
      const token = await logIn('demo_full');
      const { body } = await refusal('submitAnnotation', { token, id: 'c-full', ...application() }, 'QUOTA_EXHAUSTED');
      const { quota } = await answer('annotations', { token, id: 'c-full' });
      expect(quota).toMatchObject({ used: 3, remaining: 0, nextSlotOn: body.nextSlotOn });
      await control('POST', '/clock', { now: `${body.nextSlotOn}T00:00:00+08:00` });
      const later = await logIn('demo_full');
      await answer('submitAnnotation', { token: later, id: 'c-full', ...application() });
    });

    it.each([
      ['demo_mixed', 'c-mixed-revoked', {}, 'CERTIFICATE_REVOKED'],
      ['demo_nurse', 'c-nurse-2019', {}, 'ANNOTATION_NOT_REQUIRED'],
      ['demo_new', 'c-new', {}, 'NOTICE_NOT_ACCEPTED'],
      ['demo_nurse', 'c-nurse-2023', { scenario: 'court' }, 'SCENARIO_NOT_SUPPORTED'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 0 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 91 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 1.5 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { clientReference: 1 }, 'VALIDATION_FAILED'],
    ] as const)('of %s for %s with %j is refused: %s', async (username, id, more, code) => {
      const token = await logIn(username);
      await refusal('submitAnnotation', { token, id, ...application(undefined, more) }, code);
    });

    it('is possible once the notice is accepted', async () => {
      const token = await logIn('demo_new');
      await refusal('acceptNotice', { token, body: { version: 'another' } }, 'VALIDATION_FAILED');
      await answer('acceptNotice', { token, body: { version: '2026-01' } });
      await answer('submitAnnotation', { token, id: 'c-new', ...application() });
    });

    it('that failed takes no slot', async () => {
      const token = await logIn('demo_nurse');
      await control('POST', '/settings', { failNextGeneration: 'demonstration' });
      const { id } = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application() });
      await control('POST', '/clock', { advanceMs: 5_000 });
      expect(await answer('annotation', { token, id })).toMatchObject({ status: 'failed', failure: 'demonstration' });
      expect((await answer('annotations', { token, id: 'c-nurse-2023' })).quota.remaining).toBe(3);
      await refusal('annotationFile', { token, id }, 'ANNOTATION_FAILED');
    });
  });
}
