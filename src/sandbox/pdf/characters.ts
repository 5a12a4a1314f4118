/** ASCII, some punctuation and all characters of GB 2312: what the embedded fonts can show. */
export function shownCharacters(): string {
  const bytes: number[] = [];
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    if (row > 0xa9 && row < 0xb0) continue;
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell);
  }
  const gb2312 = new TextDecoder('gbk').decode(Uint8Array.from(bytes)).replaceAll('\ufffd', '');
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
  return `${ascii}${gb2312}·—…“”‘’〓`;
}

let shown: ReadonlySet<string> | undefined;

/** The text with 〓 for each character that the fonts lack. */
export function showable(text: string): string {
  shown ??= new Set(shownCharacters());
  const known = shown;
  return [...text].map((character) => (known.has(character) ? character : '〓')).join('');
}
