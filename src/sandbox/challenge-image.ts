import { greyPng } from './png.ts';

/** Which of the seven bars of a digit are drawn: top, upper left, upper right, middle, lower left, lower right, bottom. */
const BARS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

/** Left, top, width and height of each bar, in pixels. */
const SHAPES = [
  [3, 0, 18, 4],
  [0, 3, 4, 18],
  [20, 3, 4, 18],
  [3, 20, 18, 4],
  [0, 23, 4, 18],
  [20, 23, 4, 18],
  [3, 40, 18, 4],
] as const;

const HEIGHT = 72;
const STEP = 38;
const MARGIN = 20;
const INK = 0x22;

/** A picture of digits, as a data URI: drawn as bars, so that the answer does not stand in it as text. */
export function challengeImage(digits: string): string {
  const width = 2 * MARGIN + digits.length * STEP;
  const pixels = new Uint8Array(width * HEIGHT).fill(0xff);
  for (const [index, digit] of [...digits].entries()) {
    const bars = BARS[Number(digit)] ?? '';
    const [left, top] = [MARGIN + index * STEP, 10 + (index % 3) * 4];
    for (const [bar, [x, y, wide, high]] of SHAPES.entries())
      if (bars[bar] === '1')
        for (let row = top + y; row < top + y + high; row += 1)
          pixels.fill(INK, row * width + left + x, row * width + left + x + wide);
  }
  return `data:image/png;base64,${greyPng(width, HEIGHT, pixels).toString('base64')}`;
}
