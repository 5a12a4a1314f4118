import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { challengeImage } from '../../../src/sandbox/challenge-image.ts';
import { greyPng } from '../../../src/sandbox/png.ts';
import { pictureProtocol, pictureSequence } from '../../../src/ui/picture.ts';

const visible = (sequence = '') => sequence.replaceAll('\u001b', '<ESC>').replaceAll('\u0007', '<BEL>');

const png = greyPng(3, 2, Uint8Array.from([0, 128, 255, 255, 128, 0]));

describe('the terminal that shows pictures', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ TERM: 'xterm-256color' }, undefined],
    [{ TERM: 'xterm-kitty' }, 'kitty'],
    [{ TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }, 'kitty'],
    [{ TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty' }, 'kitty'],
    [{ TERM_PROGRAM: 'iTerm.app' }, 'iterm2'],
    [{ TERM_PROGRAM: 'WezTerm' }, 'iterm2'],
    [{ TERM_PROGRAM: 'mintty' }, 'iterm2'],
    [{ LC_TERMINAL: 'iTerm2' }, 'iterm2'],
    [{ TERM_PROGRAM: 'Apple_Terminal' }, undefined],
    [{ TERM_PROGRAM: 'vscode' }, undefined],
    [{ KITTY_WINDOW_ID: '1', TMUX: '/tmp/tmux-0/default,1,0' }, undefined],
    [{ TERM_PROGRAM: 'iTerm.app', TERM: 'screen-256color' }, undefined],
  ])('%j: %s', (environment, protocol) => {
    expect(pictureProtocol(environment)).toBe(protocol);
  });
});

describe('a picture in a terminal', () => {
  it('is one file for iTerm2', () => {
    const sequence = visible(pictureSequence('iterm2', png));
    const [, size, base64] =
      /^<ESC>\]1337;File=inline=1;size=(\d+);preserveAspectRatio=1:(.*)<BEL>\n$/.exec(sequence) ?? [];
    expect(Number(size)).toBe(png.length);
    expect(Buffer.from(base64 ?? '', 'base64')).toEqual(png);
  });

  it('comes in pieces of at most 4096 characters for kitty', () => {
    const large = Buffer.concat([png, Buffer.alloc(10_000, 7)]);
    const sequence = visible(pictureSequence('kitty', large));
    const pieces = [...sequence.matchAll(/<ESC>_G([^;]*);([^<]*)<ESC>\\/g)];
    expect(pieces.map(([, keys]) => keys)).toEqual(['a=T,f=100,q=2,m=1', 'm=1', 'm=1', 'm=0']);
    for (const [, , data = ''] of pieces) expect(data.length).toBeLessThanOrEqual(4_096);
    expect(Buffer.from(pieces.map(([, , data]) => data).join(''), 'base64')).toEqual(large);
  });

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '\u00ff\u00d8\u00ff', '', 'PNG'])(
    'is no other format: %j',
    (text) => {
      expect(pictureSequence('kitty', Buffer.from(text, 'latin1'))).toBeUndefined();
    },
  );
});

describe('the picture of a challenge', () => {
  it('is a PNG of the pixels', () => {
    const at = png.indexOf('IDAT');
    const length = png.readUInt32BE(at - 4);
    expect([...inflateSync(png.subarray(at + 4, at + 4 + length))]).toEqual([0, 0, 128, 255, 0, 255, 128, 0]);
    expect(png.readUInt32BE(16)).toBe(3);
    expect(png.readUInt32BE(20)).toBe(2);
    // The check of an empty IEND chunk is the same in every PNG.
    expect(png.subarray(-4).toString('hex')).toBe('ae426082');
  });

  it('differs for every answer, and does not say it as text', () => {
    const images = ['123456', '123457', '000000'].map(challengeImage);
    expect(new Set(images).size).toBe(3);
    for (const image of images) expect(Buffer.from(image, 'base64').toString('latin1')).not.toContain('123456');
  });
});
