import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

const DAY_MS = 86_400_000;

function sandbox() {
  const clock = testClock();
  const { handle } = createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID() });
  const post = (path: string, body: unknown) =>
    handle(new Request(ORIGIN + path, { method: 'POST', body: JSON.stringify(body) }));
  const fileOf = async (username: string, path: string) => {
    const session = await post('/api/v1/sessions', { username, password: 'Sandbox2026' });
    const headers = { authorization: `Bearer ${(await session.json()).accessToken}` };
    const file = await handle(new Request(`${ORIGIN}/api/v1/${path}/file`, { headers }));
    return { status: file.status, etag: file.headers.get('etag') };
  };
  return { clock, post, fileOf, readyFile: () => fileOf('demo_mixed', 'annotations/a-mixed-ready') };
}

describe('the PDF of an annotation', () => {
  it('is the same while the annotation is', async () => {
    const { clock, readyFile } = sandbox();
    const first = await readyFile();
    await clock.sleep(DAY_MS);
    expect([first.status, await readyFile()]).toEqual([200, first]);
  });

  it('is another one where a reset seeds the same id with other dates', async () => {
    const { clock, post, readyFile } = sandbox();
    const first = await readyFile();
    await clock.sleep(DAY_MS);
    await post('/sandbox/reset', {});
    const second = await readyFile();
    expect(second.status).toBe(200);
    expect(second.etag).not.toBe(first.etag);
  });
});

describe('the PDF of a certificate', () => {
  it.each(['c-rare-2018', 'c-rare-2020'])('is made where some of its data are null: %s', async (id) => {
    const { fileOf } = sandbox();
    expect((await fileOf('demo_rare', `certificates/${id}`)).status).toBe(200);
  });
});
