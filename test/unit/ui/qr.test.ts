import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { type Ground, groundOf, qrLines } from '../../../src/ui/qr.ts';

const PIXELS = 4;

/** What a phone sees: each half block as a square of the terminal's colours. */
function photograph(lines: readonly string[], ground: Ground) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are escape sequences
  const rows = lines.map((line) => [...line.replace(/\u001b\[[\d;]*m/g, '')]);
  const [ink, paper] = ground === 'dark' ? [0xff, 0x00] : [0x00, 0xff];
  const columns = rows[0]?.length ?? 0;
  const [width, height] = [columns * PIXELS, rows.length * 2 * PIXELS];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const block = rows[Math.floor(y / PIXELS / 2)]?.[Math.floor(x / PIXELS)] ?? ' ';
      const isUpper = Math.floor(y / PIXELS) % 2 === 0;
      const hasInk = block === '█' || block === (isUpper ? '▀' : '▄');
      pixels.set([hasInk ? ink : paper, hasInk ? ink : paper, hasInk ? ink : paper, 255], (y * width + x) * 4);
    }
  return { pixels, width, height };
}

const PAYLOADS = [
  'cert-sandbox:login:00000001-0000-4000-8000-000000000000',
  'https://portal.example/confirm?id=6f1d2c3b&from=终端',
  'x',
  'x'.repeat(300),
];

describe.each<Ground>(['colour', 'dark', 'light'])('a QR code on %s', (ground) => {
  it.each(PAYLOADS)('is read by a reader that knows black on white only: %.60s', (payload) => {
    const { pixels, width, height } = photograph(qrLines(payload, ground, 200) ?? [], ground);
    expect(jsQR(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data).toBe(payload);
  });

  it('has its quiet zone on every side', () => {
    const { pixels, width, height } = photograph(qrLines('x', ground, 200) ?? [], ground);
    const isLight = (x: number, y: number) => pixels[(y * width + x) * 4] === 0xff;
    for (let at = 0; at < 4 * PIXELS; at += 1) {
      for (let x = 0; x < width; x += 1) expect(isLight(x, at) && isLight(x, height - 1 - at)).toBe(true);
      for (let y = 0; y < height; y += 1) expect(isLight(at, y) && isLight(width - 1 - at, y)).toBe(true);
    }
  });
});

describe('drawing a QR code', () => {
  it('fits 80 columns and 24 lines with a payload as portals give', () => {
    const lines = qrLines(PAYLOADS[0] ?? '', 'dark', 80) ?? [];
    expect(lines[0]?.length).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThanOrEqual(24);
  });

  it('is left out where there is no room', () => {
    expect(qrLines('x'.repeat(300), 'dark', 40)).toBeUndefined();
  });

  it('brings its own colours where there are any', () => {
    for (const line of qrLines('x', 'colour', 80) ?? []) {
      expect(line.startsWith('\u001b[30;47m')).toBe(true);
      expect(line.endsWith('\u001b[0m')).toBe(true);
    }
    expect((qrLines('x', 'light', 80) ?? []).join('')).not.toContain('\u001b');
  });

  it.each<[boolean, string | undefined, Ground]>([
    [true, '15;0', 'colour'],
    [false, undefined, 'dark'],
    [false, '15;0', 'dark'],
    [false, '0;15', 'light'],
    [false, '0;default;7', 'light'],
    [false, 'nonsense', 'dark'],
  ])('colours %s, COLORFGBG %s: %s', (hasColor, COLORFGBG, ground) => {
    expect(groundOf(hasColor, COLORFGBG === undefined ? {} : { COLORFGBG })).toBe(ground);
  });
});
