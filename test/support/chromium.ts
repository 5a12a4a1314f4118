/** A real Chromium with a window, on a screen of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { pathOf, requireTool } from './tools.ts';

/** Whether both programs are there; see {@link requireTool}. */
export const hasChromium = (): boolean => [requireTool('chromium'), requireTool('Xvfb')].every(Boolean);

/** Xvfb takes a display that is free and tells its number. */
async function virtualScreen(): Promise<{ display: string; child: ChildProcess }> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    child.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return { display: `:${number}`, child };
}

interface Chromium {
  readonly browser: Browser;
}

/** One browser for all tests of a file. */
export function useChromium(): Chromium {
  let browser: Browser;
  let screen: ChildProcess;
  beforeAll(async () => {
    const { display, child } = await virtualScreen();
    screen = child;
    browser = await chromium.launch({
      executablePath: pathOf('chromium') ?? '',
      headless: false,
      // Root, as tests in a container are, gets no sandbox from Chromium.
      chromiumSandbox: process.getuid?.() !== 0,
      env: { ...process.env, DISPLAY: display },
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    screen?.kill();
  });
  return {
    get browser() {
      return browser;
    },
  };
}
