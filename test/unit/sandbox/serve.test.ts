import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { serveSandbox } from '../../../src/sandbox/serve.ts';

async function served(port = 0) {
  const server = await serveSandbox({ now: () => new Date(), newId: () => crypto.randomUUID(), port });
  onTestFinished(() => server.close());
  const fault = (body: object) =>
    fetch(`${server.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) }).then((r) => r.text());
  return { ...server, fault };
}

describe('the sandbox over HTTP', () => {
  it('listens on this machine only', async () => {
    const { url } = await served();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/api/v1/meta`)).status).toBe(200);
  });

  it('says that its port is taken', async () => {
    const port = Number(new URL((await served()).url).port);
    await expect(served(port)).rejects.toMatchObject({ code: 'PORT_IN_USE', params: { port } });
  });

  it.each(['refuse', 'drop-before', 'drop-after'])('%s destroys the connection', async (kind) => {
    const { url, fault } = await served();
    await fault({ route: 'meta', kind });
    await expect(fetch(`${url}/api/v1/meta`)).rejects.toThrow();
    expect((await fetch(`${url}/api/v1/meta`)).status).toBe(200);
  });

  it.each([0, 1, 10])('cut breaks the connection after %i bytes, and reports nothing', async (afterBytes) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => report.mockRestore());
    const { url, fault } = await served();
    await fault({ route: 'meta', kind: 'cut', afterBytes });
    const response = await fetch(`${url}/api/v1/meta`);
    expect(response.status).toBe(200);
    const received: number[] = [];
    const read = async () => {
      for await (const chunk of response.body ?? []) received.push(chunk.length);
    };
    await expect(read()).rejects.toThrow();
    expect(received.reduce((sum, length) => sum + length, 0)).toBe(afterBytes);
    expect((await fetch(`${url}/api/v1/meta`)).status).toBe(200);
    expect(report).not.toHaveBeenCalled();
  });

  it('closes at once while an answer is slow', async () => {
    const { url, fault, close } = await served();
    await fault({ route: 'meta', kind: 'slow', delayMs: 600_000 });
    const slow = expect(fetch(`${url}/api/v1/meta`)).rejects.toThrow();
    await fetch(`${url}/api/v1/notice`);
    await close();
    await slow;
  });
});
