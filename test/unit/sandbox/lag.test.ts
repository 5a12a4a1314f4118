import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { State } from '../../../src/sandbox/state.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

const CERTIFICATE = 'c-nurse-2023';

async function sandbox() {
  const clock = testClock();
  let saved = '';
  const save = async (state: State) => {
    saved = JSON.stringify(state);
  };
  const store = { load: () => undefined, save };
  const { handle } = createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID(), store });
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return (await handle(new Request(ORIGIN + path, init))).json();
  };
  const holder = async (username: string) => {
    const { accessToken } = await send('POST', '/api/v1/sessions', { username, password: 'Sandbox2026' });
    const session = { authorization: `Bearer ${accessToken}` };
    const get = (path: string) => send('GET', `/api/v1${path}`, undefined, session);
    const apply = async (id = CERTIFICATE): Promise<string> => {
      const reference = crypto.randomUUID();
      const body = { scenario: 'self', validDays: 90, clientReference: reference };
      const headers = { ...session, 'idempotency-key': reference };
      return (await send('POST', `/api/v1/certificates/${id}/annotations`, body, headers)).id;
    };
    /** What the three lists tell of a certificate: ids of its annotations, and slots used, as each of them has it. */
    const lists = async (id = CERTIFICATE) => {
      const own = await get(`/certificates/${id}/annotations`);
      const one = await get(`/certificates/${id}`);
      const all = (await get('/certificates')).items.find((item: { id: string }) => item.id === id);
      return {
        ids: own.items.map((annotation: { id: string }) => annotation.id),
        latest: [one.annotation?.id ?? null, all.annotation?.id ?? null],
        used: [own.quota.used, one.quota.used, all.quota.used],
      };
    };
    return { get, apply, lists };
  };
  const fault = (body: object) => send('POST', '/sandbox/faults', body);
  return { clock, send, fault, holder, saved: () => JSON.parse(saved) as State };
}

const UNTOUCHED = { ids: [], latest: [null, null], used: [0, 0, 0] };
const told = (...ids: string[]) => ({
  ids,
  latest: [ids[0], ids[0]],
  used: [ids.length, ids.length, ids.length],
});

describe('lists that lag', () => {
  it('leave the last application out of so many answers, its slot too', async () => {
    const { fault, holder } = await sandbox();
    const { apply, lists } = await holder('demo_nurse');
    await fault({ kind: 'lag', times: 3 });
    expect(await lists()).toEqual(UNTOUCHED);
    const id = await apply();
    expect(await lists()).toEqual(UNTOUCHED);
    expect(await lists()).toEqual(told(id));
  });

  it('know the application before the last one', async () => {
    const { fault, holder } = await sandbox();
    const { apply, lists } = await holder('demo_nurse');
    const first = await apply();
    const second = await apply();
    await fault({ kind: 'lag', times: 3 });
    expect(await lists()).toEqual(told(first));
    expect(await lists()).toEqual(told(second, first));
  });

  it('do not change what the annotation itself, its file and the next application say', async () => {
    const { clock, fault, holder } = await sandbox();
    const { apply, get, lists } = await holder('demo_nurse');
    await fault({ kind: 'lag', times: 1_000 });
    const id = await apply();
    expect((await get(`/annotations/${id}`)).status).toBe('generating');
    expect((await get(`/annotations/${id}/file`)).code).toBe('ANNOTATION_GENERATING');
    await clock.sleep(5_000);
    expect((await get(`/annotations/${id}`)).status).toBe('ready');
    await apply();
    await apply();
    expect((await lists()).used).toEqual([2, 2, 2]);
    expect(await apply()).toBeUndefined();
  });

  it('lag on one route only, where one is named', async () => {
    const { fault, holder } = await sandbox();
    const { apply, lists } = await holder('demo_nurse');
    const id = await apply();
    await fault({ kind: 'lag', route: 'annotations' });
    expect(await lists()).toEqual({ ids: [], latest: [id, id], used: [0, 1, 1] });
    expect(await lists()).toEqual(told(id));
  });

  it('lag for a time after each write', async () => {
    const { clock, fault, holder } = await sandbox();
    const { apply, lists } = await holder('demo_nurse');
    await fault({ kind: 'lag', lagMs: 60_000 });
    const first = await apply();
    await clock.sleep(30_000);
    const second = await apply();
    for (let times = 0; times < 5; times += 1) expect(await lists()).toEqual(UNTOUCHED);
    await clock.sleep(30_000);
    expect(await lists()).toEqual(told(first));
    await clock.sleep(30_000);
    expect(await lists()).toEqual(told(second, first));
  });

  it.each([{ times: 9 }, { lagMs: 60_000 }])(
    'never hide what is of others, or was there from the start: %j',
    async (how) => {
      const { fault, holder } = await sandbox();
      const { apply } = await holder('demo_nurse');
      const mixed = await holder('demo_mixed');
      const before = await mixed.lists('c-mixed-generating');
      await apply();
      await fault({ kind: 'lag', ...how });
      expect(before.used).toEqual([1, 1, 1]);
      expect(await mixed.lists('c-mixed-generating')).toEqual(before);
    },
  );

  it('do not count where nothing is left out, and the count is kept', async () => {
    const { fault, holder, saved } = await sandbox();
    const { apply, get } = await holder('demo_nurse');
    await fault({ kind: 'lag', times: 2 });
    await get('/certificates');
    await apply();
    await get('/certificates/c-nurse-2019');
    expect(saved().faults).toMatchObject([{ kind: 'lag', times: 2 }]);
    await get('/certificates');
    expect(saved().faults).toMatchObject([{ kind: 'lag', times: 1 }]);
    await get('/certificates');
    expect(saved().faults).toEqual([]);
  });

  it('do not keep other faults from coming', async () => {
    const { fault, holder, saved } = await sandbox();
    const { apply, get, lists } = await holder('demo_nurse');
    await fault({ kind: 'lag', times: 3 });
    await fault({ route: 'submitAnnotation', kind: 'gateway-after', status: 409, body: 'html' });
    await expect(apply()).rejects.toThrow(SyntaxError);
    expect(await lists()).toEqual(UNTOUCHED);
    const own = await get(`/certificates/${CERTIFICATE}/annotations`);
    expect([own.items.length, own.quota.used, saved().received.submissions]).toEqual([1, 1, 1]);
  });
});
