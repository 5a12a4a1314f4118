import { describe, expect, it } from 'vitest';
import { useRealWorld } from '../support/executable.ts';
import { openTerminal } from '../support/pty.ts';

const world = useRealWorld();
const columnsOf = (line: string) =>
  [...line].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(character) ? 2 : 1),
    0,
  );

describe('in a terminal', () => {
  it.each([
    ['en', 'Apply for this annotation?', 'ready, valid until'],
    ['zh-CN', '提交加注申请？', '已生成'],
  ])('a person annotates in %s', async (lang, question, end) => {
    const screen = openTerminal(['annotate', '护士', '--wait', '--lang', lang], world.env('demo_nurse'));
    const shown = await screen.shows(question);
    expect(shown).toContain('ZS202300002');
    for (const line of shown.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    screen.type('y');
    screen.press('enter');
    await screen.shows(end);
    expect(await screen.exitCode).toBe(0);
    expect(screen.cursorIsVisible).toBe(true);
  });

  it('Enter alone applies for nothing', async () => {
    const screen = openTerminal(['annotate', 'c-new'], world.env('demo_new'));
    await screen.shows('Apply for this annotation?');
    screen.press('enter');
    await screen.shows('Nothing was sent.');
    expect(await screen.exitCode).toBe(0);
  });

  it('a person picks one of several certificates', async () => {
    const screen = openTerminal(['info'], world.env('demo_mixed'));
    await screen.shows('c-mixed-revoked');
    screen.press('down');
    screen.press('enter');
    await screen.shows('Certificate number');
    expect(screen.text()).toContain('安全工程师');
    expect(await screen.exitCode).toBe(0);
  });

  it('Ctrl-C at the password ends with 130 and leaves the terminal as it was', async () => {
    const screen = openTerminal(['login', '-u', 'demo_nurse', '--store', 'none'], world.env());
    await screen.shows('Password');
    screen.type('Secret1');
    await screen.shows('*******');
    expect(screen.text()).not.toContain('Secret1');
    screen.press('ctrl-c');
    expect(await screen.exitCode).toBe(130);
    expect(screen.text()).not.toMatch(/\n\s+at /);
    expect(screen.cursorIsVisible).toBe(true);
  });

  it.each([
    ['annotate', 'c-mixed-ready'],
    ['info', 'c-mixed-revoked'],
  ])('Ctrl-D at a question of cert %s is no success', async (command, shown) => {
    const screen = openTerminal([command, ...(command === 'annotate' ? [shown] : [])], world.env('demo_mixed'));
    await screen.shows(shown);
    await screen.shows(/\(y\/N\)|Enter to choose/);
    screen.press('ctrl-d');
    expect(await screen.exitCode).toBe(130);
    expect(screen.text()).not.toMatch(/\n\s+at /);
    expect(screen.cursorIsVisible).toBe(true);
  });

  it('asks in Chinese throughout', async () => {
    const screen = openTerminal(['annotate', '--lang', 'zh-CN'], world.env('demo_mixed'));
    await screen.shows('回车选择');
    screen.press('down');
    screen.press('down');
    screen.press('enter');
    await screen.shows('(y/N)');
    screen.type('x');
    screen.press('enter');
    await screen.shows('请输入 y（是）或 n（否）');
    screen.press('ctrl-c');
    await screen.shows('没有提交。');
    expect(await screen.exitCode).toBe(130);
  });

  it('Ctrl-C in a wait says how to resume', async () => {
    const screen = openTerminal(['wait', 'c-mixed-generating'], world.env('demo_mixed'));
    await screen.shows('Generating');
    screen.press('ctrl-c');
    await screen.shows('cert wait c-mixed-generating');
    expect(await screen.exitCode).toBe(130);
    expect(screen.cursorIsVisible).toBe(true);
  });

  it('shows the service notice and asks for consent', async () => {
    const screen = openTerminal(['login', '-u', 'demo_new', '--store', 'none', '--lang', 'zh-CN'], world.env());
    await screen.shows('密码');
    screen.type('Sandbox2026');
    screen.press('enter');
    await screen.shows('是否同意服务须知');
    expect(screen.text()).toContain('服务须知（样张）');
    screen.type('y');
    screen.press('enter');
    await screen.shows('已同意服务须知');
    expect(await screen.exitCode).toBe(0);
  });
});
