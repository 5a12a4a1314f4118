import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { Asked } from '../../../src/sandbox/registry.ts';
import type { ChallengeKind } from '../../../src/sandbox/state.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

const CREDENTIALS = { username: 'demo_nurse', password: 'Sandbox2026' };

function sandbox(challenge: ChallengeKind = 'none') {
  const clock = testClock();
  const told: Asked[] = [];
  const { handle } = createSandbox({
    now: () => clock.now(),
    newId: () => crypto.randomUUID(),
    challenge,
    onAsked: (asked) => told.push(asked),
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await handle(new Request(ORIGIN + path, init));
    return { status: answer.status, body: await answer.json() };
  };
  return { told, send, logIn: (more = {}) => send('POST', '/api/v1/sessions', { ...CREDENTIALS, ...more }) };
}

describe('what a person is asked', () => {
  it.each(['sms', 'image'] as const)('is told with its answer: %s', async (kind) => {
    const { told, logIn } = sandbox(kind);
    const { challenge } = (await logIn()).body;
    expect(told).toMatchObject([{ id: challenge.id, kind, answer: expect.stringMatching(/^\d{6}$/) }]);
    const answer = told.flatMap((asked) => ('answer' in asked ? [asked.answer] : [])).join();
    expect((await logIn({ challenge: { id: challenge.id, answer } })).status).toBe(201);
    expect(told).toHaveLength(1);
  });

  it('is told once, however often a QR code is asked for, and an address confirms it', async () => {
    const { told, send, logIn } = sandbox('qr');
    const { id } = (await logIn()).body.challenge;
    expect((await logIn({ challenge: { id, answer: '' } })).body.challenge.id).toBe(id);
    expect(told).toMatchObject([{ id, kind: 'qr' }]);
    expect(await send('GET', `/sandbox/confirm?id=${id}`)).toEqual({ status: 200, body: { confirmed: id } });
    expect((await logIn({ challenge: { id, answer: '' } })).status).toBe(201);
  });

  it('is told of a login by QR code, which an address confirms for whom it names', async () => {
    const { told, send } = sandbox();
    const { id } = (await send('POST', '/api/v1/sessions/qr')).body;
    expect(told).toEqual([{ id, kind: 'qr-login' }]);
    for (const query of [`id=${id}`, `id=${id}&username=nobody`, 'id=nothing&username=demo_nurse'])
      expect((await send('GET', `/sandbox/confirm?${query}`)).status).toBe(404);
    expect((await send('GET', '/sandbox/confirm')).status).toBe(400);
    expect((await send('GET', `/api/v1/sessions/qr/${id}`)).body).toEqual({ status: 'pending' });
    await send('GET', `/sandbox/confirm?id=${id}&username=demo_full`);
    const { session } = (await send('GET', `/api/v1/sessions/qr/${id}`)).body;
    expect(session.username).toBe('demo_full');
  });
});
