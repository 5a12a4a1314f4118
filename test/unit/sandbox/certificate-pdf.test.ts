import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderCertificate } from '../../../src/sandbox/pdf/certificate-pdf.ts';
import type { CertificatePage } from '../../../src/sandbox/pdf/content.ts';
import { embeddedFont } from '../../../src/sandbox/pdf/embedded-font.ts';
import { readFont } from '../../../src/sandbox/pdf/font.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

const PAGE: CertificatePage = {
  kind: 'certificate',
  qualification: '护士执业资格',
  specialty: '护理学',
  level: '中级',
  holderName: '样张甲',
  idNumberMasked: '999999********0016',
  certificateNumber: 'ZS202300002',
  managementNumber: 'GL2023083100002',
  enquiryNumber: 'CX00002',
  approvedOn: '2023-07-02',
  issuedOn: '2023-08-31',
  signedAt: '2026-11-24T10:00:00+08:00',
  issuer: '样张发证中心（演示）',
  enquiryUrl: 'https://sandbox.invalid/enquiry/CX00002',
  annotation: {
    id: 'a-0001',
    scenario: { code: 'self', label: { zh: '本人调用', en: 'used by the holder' } },
    requestedOn: '2026-11-24',
    validUntil: '2027-02-22',
  },
};

async function saved(page: CertificatePage): Promise<string> {
  const path = join(temporaryFolder(), 'page.pdf');
  writeFileSync(path, await renderCertificate(page));
  return path;
}

const HOSTILE: CertificatePage = {
  ...PAGE,
  qualification: '一级注册结构工程师（很长的名称）'.repeat(6),
  holderName: '😀\u202e\u0000\n\ud800样张'.repeat(8),
  certificateNumber: 'Z'.repeat(100_000),
  specialty: undefined,
  level: '',
  enquiryNumber: '',
  enquiryUrl: 'https://sandbox.invalid/\ud800\u0000',
  annotation: {
    id: 'x'.repeat(5_000),
    scenario: {
      code: 'self',
      label: { zh: '很长的使用场景'.repeat(50), en: 'a very long scenario '.repeat(50) },
    },
    requestedOn: '2026-11-24',
    validUntil: '2027-02-22',
  },
};

const BARE: CertificatePage = { ...HOSTILE, kind: 'electronic-file', annotation: undefined };

/** The file's identifier: by it readers tell documents apart. */
const identifierOf = (pdf: Uint8Array) => /\/ID \[<(\w+)>/.exec(Buffer.from(pdf).toString('latin1'))?.[1];

const same = (first: Uint8Array, second: Uint8Array) => Buffer.from(first).equals(second);

describe('the PDF', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the same for the same page, whenever it is made', async () => {
    const first = await renderCertificate(PAGE);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-01-02T03:04:05Z') });
    expect(same(first, await renderCertificate(PAGE))).toBe(true);
  });

  it('has bytes and an identifier of its own for another page', async () => {
    const first = await renderCertificate(PAGE);
    const other = await renderCertificate({ ...PAGE, holderName: '样张乙' });
    expect(same(first, other)).toBe(false);
    expect(identifierOf(first)).toMatch(/^[0-9a-f]{32}$/);
    expect(identifierOf(first)).not.toBe(identifierOf(other));
  });

  it('is of the version that its features need', async () => {
    expect(Buffer.from(await renderCertificate(PAGE)).toString('latin1', 0, 8)).toBe('%PDF-1.7');
  });
});

/** The characters of 通用规范汉字表 that a font for the basic block alone lacks. */
const BEYOND_THE_BASIC_BLOCK = [
  '㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮',
  '𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓',
].join('');

/** What two bytes can say in an encoding, each character once. */
function charactersOf(encoding: string): string[] {
  const bytes: number[] = [];
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) if (second !== 0x7f) bytes.push(first, second, 0x20);
  const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes));
  return [...new Set(text)].filter((character) => /\p{Script=Han}/u.test(character));
}

describe('the embedded font', async () => {
  const document = new PDFDocument({ font: '' });
  document.registerFont('regular', await readFont()).font('regular');
  const { font } = embeddedFont(document);
  const lacking = (characters: Iterable<string>) =>
    [...characters].filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));

  it.each([
    ['ASCII and punctuation', 'Az09 ~·—…“”（）：、', 15],
    ['the dots that part a name', '·•‧・．', 5],
    ['Latin letters with accents', 'ÀéÜñø', 5],
    ['the unusual ones of 通用规范汉字表', BEYOND_THE_BASIC_BLOCK, 273],
  ])('has %s', (_, text, count) => {
    expect([...text]).toHaveLength(count);
    expect(lacking(text)).toEqual([]);
  });

  it.each([
    ['gbk', 20_902],
    ['big5', 13_000],
  ])('has every Chinese character of %s', (encoding, least) => {
    const characters = charactersOf(encoding).filter((character) => character >= '一' && character <= '鿿');
    expect(characters.length).toBeGreaterThanOrEqual(least);
    expect(lacking(characters)).toEqual([]);
  });
});

describe.skipIf(!requireTool('qpdf'))('read by qpdf', () => {
  it.each([
    ['a page', PAGE],
    ['a hostile page', HOSTILE],
    ['a page without annotation', BARE],
  ] as const)('%s has no errors', async (_, page) => {
    expect(execFileSync('qpdf', ['--check', await saved(page)], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
  });
});

const POPPLER = ['pdftotext', 'pdfinfo', 'pdftoppm'];

describe.skipIf(!POPPLER.every((tool) => requireTool(tool)))('read by poppler', () => {
  const textOf = async (page: CertificatePage) =>
    execFileSync('pdftotext', ['-layout', await saved(page), '-'], { encoding: 'utf8' });

  it('has every label beside its value', async () => {
    const lines = (await textOf(PAGE)).split('\n').map((line) => line.trim().replace(/\s{2,}/g, ' | '));
    for (const line of [
      '护士执业资格',
      '姓名 | 样张甲',
      '证件号码 | 999999********0016',
      '专业 | 护理学',
      '级别 | 中级',
      '证书编号 | ZS202300002',
      '管理号 | GL2023083100002',
      '查询编号 | CX00002',
      '批准日期 | 2023 年 7 月 2 日',
      '制发日期 | 2023 年 8 月 31 日',
      '使用场景：本人调用',
      '加注有效期至：2027 年 2 月 22 日（2026 年 11 月 24 日申请）',
      '加注编号：a-0001',
      '样张发证中心（演示）',
    ])
      expect(lines).toContainEqual(expect.stringContaining(line));
  });

  it.each([
    ['certificate', '电子证书'],
    ['electronic-file', '证书电子文件'],
  ] as const)('the title of a %s says so, and that it is a sample', async (kind, title) => {
    const path = await saved({ ...PAGE, kind });
    const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(info).toMatch(new RegExp(`Title:\\s+${title}.*SAMPLE`));
    expect(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })).toContain(title);
  });

  it('leaves out what a certificate has not', async () => {
    const lacks = { specialty: null, level: '', managementNumber: null, enquiryNumber: undefined, approvedOn: null };
    const text = await textOf({ ...PAGE, ...lacks, annotation: undefined });
    for (const label of ['专业 ', '级别', '管理号', '查询编号', '批准日期', '加注', 'null', 'NaN'])
      expect(text).not.toContain(label);
    for (const label of ['证书编号', '制发日期']) expect(text).toContain(label);
  });

  it.each([
    ['a name of 30 characters', { holderName: '阿不都热依木江·买买提艾力·吾斯曼江·库尔班尼亚孜·依明江提' }],
    ['a qualification of 60', { qualification: '注册土木工程师（水利水电工程）'.repeat(4) }],
    ['a specialty of 48', { specialty: '港口与航道工程、水工结构'.repeat(4) }],
    ['an issuer of 38', { issuer: '样张省专业技术人员考试发证中心（演示）'.repeat(2) }],
  ])('has %s whole', async (_, long) => {
    const text = execFileSync('pdftotext', ['-raw', await saved({ ...PAGE, ...long }), '-'], { encoding: 'utf8' });
    expect(text.replace(/\s/g, '')).toContain(Object.values(long)[0]);
  });

  it.each([
    ['rare', '样𬭎䶮'],
    ['with a middle dot', '样·买买提'],
    ['in traditional characters', '樣張龔堃'],
    ['with what the font lacks', '样𮧵𱁬'],
  ])('has a name %s beside its label, each character in ink: %s', async (_, holderName) => {
    const lines = (await textOf({ ...PAGE, holderName })).split('\n').map((line) => line.trim());
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^姓名 +${holderName}$`)));
    const ink = await inkOf({ ...PAGE, holderName }, 200);
    for (const [index, character] of [...holderName].entries())
      expect(ink({ x: 188 + 13 * index, y: 228, width: 13, height: 16 }), character).toBeGreaterThan(
        character === '·' ? 0.01 : 0.15,
      );
  });

  it('shows the code point of what the font lacks', async () => {
    const pictures = await Promise.all(['样𮧵', '样𮧴', '样󰀵'].map((holderName) => pictureOf({ ...PAGE, holderName })));
    expect(new Set(pictures.map((path) => readFileSync(path).toString('base64'))).size).toBe(3);
  });

  it('has a sign in place of what is no text', async () => {
    const text = await textOf(HOSTILE);
    expect(text.replace(/\s/g, '')).toContain('😀\ufffd\ufffd\ufffd\ufffd样张😀');
    for (const control of ['\u0000', '\u202e']) expect(text).not.toContain(control);
  });

  it.each([
    ['a page', PAGE],
    ['a hostile page', HOSTILE],
    ['a page without annotation', BARE],
  ] as const)('%s is one page', async (_, page) => {
    const path = await saved(page);
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/);
  });

  it.each([
    ['the title', { x: 130, y: 95, width: 335, height: 34 }, 0.1],
    ['the qualification', { x: 230, y: 180, width: 130, height: 22 }, 0.1],
    ['the labels', { x: 92, y: 226, width: 50, height: 250 }, 0.03],
    ['the values', { x: 188, y: 226, width: 120, height: 250 }, 0.03],
    ['the annotation', { x: 104, y: 496, width: 280, height: 104 }, 0.04],
    ['the QR code', { x: 92, y: 646, width: 92, height: 92 }, 0.3],
    ['the seal', { x: 385, y: 620, width: 96, height: 96 }, 0.08],
    ['the issuer', { x: 370, y: 724, width: 133, height: 38 }, 0.08],
  ] as const)('shows ink for %s', async (_, area, least) => {
    expect((await inkOf(PAGE))(area)).toBeGreaterThan(least);
  });

  it('shows a light watermark where nothing else stands', async () => {
    const middle = { x: 270, y: 426, width: 60, height: 50 };
    expect((await inkOf(BARE, 250))(middle)).toBeGreaterThan(0.2);
    expect((await inkOf(BARE, 225))(middle)).toBe(0);
  });

  it('keeps the margins clear, however long the texts are', async () => {
    const ink = await inkOf(HOSTILE);
    expect(ink({ x: 0, y: 0, width: 30, height: 841 })).toBe(0);
    expect(ink({ x: 565, y: 0, width: 30, height: 841 })).toBe(0);
    expect(ink({ x: 505, y: 54, width: 40, height: 734 })).toBe(0);
  });
});

/** Where the picture of a page is, grey, one pixel a point. */
async function pictureOf(page: CertificatePage): Promise<string> {
  const path = await saved(page);
  execFileSync('pdftoppm', ['-r', '72', '-gray', '-singlefile', path, path]);
  return `${path}.pgm`;
}

/** The ink of a page. */
const inkOf = async (page: CertificatePage, darkerThan = 150): Promise<(area: Area) => number> =>
  inkIn(await pictureOf(page), darkerThan);

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The share of pixels darker than a grey in an area of a binary PGM. */
function inkIn(path: string, darkerThan: number): (area: Area) => number {
  const bytes = readFileSync(path);
  const [header = '', columns] = /^P5\s+(\d+)\s+\d+\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? [];
  const pixels = bytes.subarray(header.length);
  return ({ x, y, width, height }) => {
    let dark = 0;
    for (let row = y; row < y + height; row += 1)
      for (let column = x; column < x + width; column += 1)
        if ((pixels[row * Number(columns) + column] ?? 255) < darkerThan) dark += 1;
    return dark / (width * height);
  };
}
