/** QR codes in a terminal, as half blocks: two modules of a column in one character. */
import QRCode from 'qrcode';

/** Light modules around the code, without which a phone does not find it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** How the modules are told from each other: by colours of our own, or by the terminal's ground alone. */
export type Ground = 'colour' | 'dark' | 'light';

type Environment = Readonly<Record<string, string | undefined>>;

/** With colour the code is black on white on every ground. Without, COLORFGBG may tell the ground; dark is more usual. */
export function groundOf(hasColor: boolean, { COLORFGBG = '' }: Environment): Ground {
  if (hasColor) return 'colour';
  return /;(7|15)$/.test(COLORFGBG) ? 'light' : 'dark';
}

/** By whether the upper and the lower of two modules get ink. */
const BLOCKS = [' ', '\u2584', '\u2580', '\u2588'] as const;
/** Black on white, for terminals of 16 and of 256 colours. */
const BLACK_ON_WHITE = '\u001b[30;47m\u001b[38;5;16;48;5;231m';
const RESET = '\u001b[0m';

/** The lines of a code; undefined when it is wider than the terminal. */
export function qrLines(payload: string, ground: Ground, columns: number): string[] | undefined {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel: 'M' });
  const width = modules.size + 2 * QUIET_ZONE;
  if (width > columns) return undefined;
  const isDark = (row: number, column: number): boolean => {
    const [y, x] = [row - QUIET_ZONE, column - QUIET_ZONE];
    return y >= 0 && x >= 0 && y < modules.size && x < modules.size && modules.get(y, x) === 1;
  };
  // On a dark ground the light modules are drawn.
  const hasInk = (row: number, column: number) => isDark(row, column) !== (ground === 'dark');
  return Array.from({ length: Math.ceil(width / 2) }, (_, line) => {
    const blocks = Array.from({ length: width }, (_, column) => {
      const lowerIsOutside = 2 * line + 1 >= width;
      const lower = lowerIsOutside ? ground === 'dark' : hasInk(2 * line + 1, column);
      return BLOCKS[((hasInk(2 * line, column) ? 2 : 0) + (lower ? 1 : 0)) as 0 | 1 | 2 | 3];
    }).join('');
    return ground === 'colour' ? `${BLACK_ON_WHITE}${blocks}${RESET}` : blocks;
  });
}
