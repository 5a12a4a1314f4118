import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadsFolder } from '../../../src/disk/downloads-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function homeWith(text?: string): string {
  const home = temporaryFolder();
  mkdirSync(join(home, '.config'));
  if (text !== undefined) writeFileSync(join(home, '.config', 'user-dirs.dirs'), text);
  return home;
}
const linux = (home: string, environment = {}) => downloadsFolder({ home, platform: 'linux', environment });

describe.skipIf(process.platform === 'win32')('the downloads folder', () => {
  it.each([
    ['of its name', 'XDG_DESKTOP_DIR="$HOME/桌面"\nXDG_DOWNLOAD_DIR="$HOME/下载"\n', '下载'],
    ['quoted', 'XDG_DOWNLOAD_DIR="$HOME/my \\"files\\""\n', 'my "files"'],
    ['unnamed', undefined, 'Downloads'],
    ['relative', 'XDG_DOWNLOAD_DIR="files"\n', 'Downloads'],
    ['commented out', '# XDG_DOWNLOAD_DIR="$HOME/x"\n', 'Downloads'],
  ])('of Linux is the one that the desktop writes down: %s', (_, text, name) => {
    const home = homeWith(text);
    expect(linux(home)).toBe(join(home, name));
  });

  it('may lie elsewhere, and so may what names it', () => {
    expect(linux(homeWith('XDG_DOWNLOAD_DIR="/data/in"\n'))).toBe('/data/in');
    const config = temporaryFolder();
    writeFileSync(join(config, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="/data/two"\n');
    expect(linux(homeWith(), { XDG_CONFIG_HOME: config })).toBe('/data/two');
  });

  it('has one name elsewhere', () => {
    const home = homeWith('XDG_DOWNLOAD_DIR="/data/in"\n');
    expect(downloadsFolder({ home, platform: 'darwin', environment: {} })).toBe(join(home, 'Downloads'));
  });
});
