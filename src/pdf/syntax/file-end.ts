const BLANK: ReadonlySet<number> = new Set(Buffer.from('\0\t\n\r '));
const MARK = '%%EOF';

/** The position after the last byte that is no white space. */
export function contentEnd(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && BLANK.has(bytes[end - 1] as number)) end -= 1;
  return end;
}

/** Whether the file ends at its end mark, and white space at most stands behind a position. */
export function isBlankFrom(bytes: Buffer, position: number): boolean {
  const end = contentEnd(bytes);
  return end <= position && bytes.toString('latin1', end - MARK.length, end) === MARK;
}
