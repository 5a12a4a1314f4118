import { describe, expect, it } from 'vitest';
import { configFolder, stateFolder } from '../../../src/config/paths.ts';

describe('the folders of this platform', () => {
  it.each([
    ['linux', {}, '/home/a', '/home/a/.config/cert', '/home/a/.local/state/cert'],
    ['freebsd', {}, '/home/a', '/home/a/.config/cert', '/home/a/.local/state/cert'],
    ['linux', { XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s' }, undefined, '/c/cert', '/s/cert'],
    [
      'linux',
      { XDG_CONFIG_HOME: 'c', XDG_STATE_HOME: '' },
      '/home/a',
      '/home/a/.config/cert',
      '/home/a/.local/state/cert',
    ],
    ['linux', { CERT_CONFIG_DIR: '/c', CERT_STATE_DIR: '/s' }, undefined, '/c', '/s'],
    [
      'linux',
      { CERT_CONFIG_DIR: '', CERT_STATE_DIR: '' },
      '/home/a',
      '/home/a/.config/cert',
      '/home/a/.local/state/cert',
    ],
    [
      'darwin',
      {},
      '/Users/a',
      '/Users/a/Library/Application Support/cert',
      '/Users/a/Library/Application Support/cert/state',
    ],
    [
      'darwin',
      { XDG_CONFIG_HOME: '/c' },
      '/Users/a',
      '/Users/a/Library/Application Support/cert',
      '/Users/a/Library/Application Support/cert/state',
    ],
    ['win32', { APPDATA: 'C:\\R', LOCALAPPDATA: 'C:\\L' }, undefined, 'C:\\R\\cert', 'C:\\L\\cert'],
    ['win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Roaming\\cert', 'C:\\Users\\a\\AppData\\Local\\cert'],
    ['win32', { CERT_CONFIG_DIR: 'D:\\c', CERT_STATE_DIR: 'D:\\s' }, undefined, 'D:\\c', 'D:\\s'],
  ])('%s %j', (platform, environment, home, config, state) => {
    expect(configFolder(environment, platform, home)).toBe(config);
    expect(stateFolder(environment, platform, home)).toBe(state);
  });

  it.each([
    ['linux', { CERT_CONFIG_DIR: 'c', CERT_STATE_DIR: 'c' }, '/home/a', ['CERT_CONFIG_DIR', 'CERT_STATE_DIR']],
    ['linux', { CERT_CONFIG_DIR: 'C:\\c', CERT_STATE_DIR: '~/c' }, '/home/a', ['CERT_CONFIG_DIR', 'CERT_STATE_DIR']],
    ['win32', { CERT_CONFIG_DIR: '.\\c', CERT_STATE_DIR: 'c' }, 'C:\\a', ['CERT_CONFIG_DIR', 'CERT_STATE_DIR']],
    ['linux', {}, undefined, ['HOME', 'HOME']],
    ['darwin', {}, '', ['HOME', 'HOME']],
    ['linux', {}, 'a', ['HOME', 'HOME']],
    ['win32', {}, undefined, ['USERPROFILE', 'USERPROFILE']],
  ])('%s %j at home %s is refused', (platform, environment, home, [config, state]) => {
    const invalid = (name?: string) =>
      expect.objectContaining({ code: 'ENVIRONMENT_INVALID', params: expect.objectContaining({ name }) });
    expect(() => configFolder(environment, platform, home)).toThrow(invalid(config));
    expect(() => stateFolder(environment, platform, home)).toThrow(invalid(state));
  });
});
