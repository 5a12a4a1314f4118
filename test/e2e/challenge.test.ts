/** Challenges in a real terminal. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { useRealWorld } from '../support/executable.ts';
import { openTerminal } from '../support/pty.ts';

const world = useRealWorld();
const PASSWORD = 'Sandbox2026';

const control = async (method: string, path: string, body?: object) =>
  (
    await fetch(`${world.url}/sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).json();
const latest = async () => (await control('GET', '/challenges')).challenges.at(-1);

const logIn = async (challenge: string, lang = 'en') => {
  await control('POST', '/settings', { challenge });
  const screen = openTerminal(['login', '-u', 'demo_nurse', '--store', 'none', '--lang', lang], world.env());
  await screen.shows(lang === 'en' ? 'Password' : '密码');
  screen.type(PASSWORD);
  screen.press('enter');
  return screen;
};

/** The text of the code that the screen shows, read as a phone does. */
function scanned(text: string): string | undefined {
  const rows = text.split('\n').filter((row) => /^[ ▀▄█]+$/.test(row));
  const columns = Math.max(...rows.map((row) => row.length));
  const size = 4;
  // Spaces at the end of a row are not on the screen, nor are rows of the quiet zone that have no ink.
  const [width, height] = [(columns + 8) * size, (rows.length + 4) * 2 * size];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(0xff);
  for (const [line, row] of rows.entries())
    for (const [column, block] of [...row].entries())
      for (const half of [0, 1]) {
        if (block !== '█' && block !== (half === 0 ? '▀' : '▄')) continue;
        for (let y = 0; y < size; y += 1)
          for (let x = 0; x < size; x += 1) {
            const at = ((line + 2) * 2 + half) * size + y;
            pixels.set([0, 0, 0, 255], (at * width + (column + 4) * size + x) * 4);
          }
      }
  return jsQR(pixels, width, height)?.data;
}

describe('in a terminal', () => {
  it('a person reads a picture and types the answer', async () => {
    const screen = await logIn('image', 'zh-CN');
    await screen.shows('请看图片');
    screen.type((await latest()).answer);
    screen.press('enter');
    await screen.shows('已登录');
    expect(await screen.exitCode).toBe(0);
    expect(readdirSync(join(world.folder, 'state', 'view'))).toEqual(['.cert']);
  });

  it('Ctrl-C at the answer leaves no picture behind', async () => {
    const screen = await logIn('image');
    await screen.shows('Answer');
    expect(readdirSync(join(world.folder, 'state', 'view'))).toHaveLength(2);
    screen.press('ctrl-c');
    expect(await screen.exitCode).toBe(130);
    expect(readdirSync(join(world.folder, 'state', 'view'))).toEqual(['.cert']);
    expect(screen.cursorIsVisible).toBe(true);
  });

  it('a phone reads the QR code, and its confirmation ends the wait', async () => {
    const screen = await logIn('qr');
    const text = await screen.shows('Waiting for your confirmation');
    const { id } = await latest();
    expect(scanned(text)).toBe(`cert-sandbox:confirm:${id}`);
    expect(text).toContain(`cert-sandbox:confirm:${id}`);
    await control('POST', '/confirm', { id });
    await screen.shows('Logged in to');
    expect(await screen.exitCode).toBe(0);
  });

  it('Ctrl-C ends a login by QR code', async () => {
    const screen = openTerminal(['login', '--qr', '--store', 'none'], world.env());
    await screen.shows('Waiting for your confirmation');
    screen.press('ctrl-c');
    expect(await screen.exitCode).toBe(130);
    expect(screen.text()).not.toMatch(/\n\s+at /);
  });
});
