/** Common in names, and not in GB 2312; last the zero of Chinese dates and the dots that part a name. */
const OF_NAMES =
  '喆玥珺祎堃翀昇垚犇骉镕彧旻頔昉晞瑀瑄璟琤瑆珝瑢赟贇媗婳嫄姮婠芃淏湉溦濛瀞炘烜焜燊燚爔曈暐翾鋆锜锽镠龑龢奡妘峣崚弢惇愔慜扆旸旼晊晢晳曌曚棪棽橦汭沄沨沺泂洺浛浥浰淯渟湲湳滃滘澔炆煕燏玙玚玠玦玹珅珣珵琇琎琲' +
  '瑱璠璪璿瓘甡甪疍皛碁祐禔禛禤秾竑簃翯莙虓袆詠譞郈鋐镈闿霂靑韡颋颙飏飔飗骕骙鹍堺釆〇•‧・';

/** ASCII, the characters of GB 2312 and more that names need: what the embedded fonts can show. */
export function shownCharacters(): string {
  const bytes: number[] = [];
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    if (row > 0xa9 && row < 0xb0) continue;
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell);
  }
  // The table's empty cells decode to private-use characters, for which no font has a glyph.
  const gb2312 = new TextDecoder('gbk').decode(Uint8Array.from(bytes)).replace(/[\p{Co}\ufffd]/gu, '');
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
  return `${ascii}${gb2312}${OF_NAMES}`;
}

let shown: ReadonlySet<string> | undefined;

/** The text with 〓 for each character that the fonts lack. */
export function showable(text: string): string {
  shown ??= new Set(shownCharacters());
  const known = shown;
  return [...text].map((character) => (known.has(character) ? character : '〓')).join('');
}
