import { type ChildProcess, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/pdf/text/rows.ts';
import { type TextChild, textInChildren } from '../../../src/pdf/text/text-process.ts';
import { document } from '../../support/hand-made-pdf.ts';
import { pageText, startTextChild } from '../../support/page-text.ts';
import { signedFile } from '../../support/signed-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

const withoutBlanks = (text = '') => text.replace(/\s/g, '');

/** One page with this content stream, as it is or compressed, and this font. */
function pageOf(content: Buffer, { font = LATIN, filter = '' } = {}): Buffer {
  const stream = `<< /Length ${content.length} ${filter} >>\nstream\n${content.toString('latin1')}\nendstream`;
  return document({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    4: stream,
    5: font,
    6: '<< >>',
  });
}

const LATIN = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const chinese = (encoding: string) =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${encoding} /DescendantFonts [<< /Type /Font
   /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>
   /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 >> /DW 1000 >>] >>`;
const written = (hex: string) => Buffer.from(`BT /F 20 Tf 50 700 Td <${hex}> Tj ET`);
const deflated = (contents: Buffer, more = '') =>
  pageOf(deflateSync(contents, { level: 9 }), { filter: `/Filter /FlateDecode ${more}` });

describe('the text of a page', () => {
  it('is there, a line for each row, labels and values beside each other', async () => {
    const text = await pageText.read((await signedFile()).bytes);
    const lines = text?.split('\n').map(withoutBlanks) ?? [];
    expect(lines).toEqual(expect.arrayContaining(['一级建造师', '管理号GL2023011500005', '证书编号ZS202300005']));
    expect(lines.find((line) => line.startsWith('加注有效期至：'))).toMatch(/20\d\d年\d+月\d+日/);
  });

  it.each([
    ['UniGB-UCS2-H', Buffer.from('护士', 'utf16le').swap16().toString('hex')],
    ['UniGB-UTF16-H', Buffer.from('护士', 'utf16le').swap16().toString('hex')],
    ['GBK-EUC-H', 'bba4cabf'],
    ['GB-EUC-H', 'bba4cabf'],
    ['GBK2K-H', 'bba4cabf'],
  ])('is read without a font in the file, as %s writes it', async (encoding, hex) =>
    expect(await pageText.read(pageOf(written(hex), { font: chinese(encoding) }))).toBe('护士'),
  );

  it('ends after so many characters', async () => {
    const text = await pageText.read(
      pageOf(Buffer.from(`BT /F 1 Tf ${'1 0 0 1 9 9 Tm (abcdefghij) Tj '.repeat(9_000)} ET`)),
    );
    expect(text?.length).toBeLessThanOrEqual(20_000);
    expect(text?.length).toBeGreaterThan(5_000);
  });

  it.each<[string, () => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['no PDF', () => Buffer.from('<html>')],
    ['a page without text, as of a scan', () => pageOf(Buffer.from('0 0 1 rg 10 10 99 99 re f'))],
    ['a file that is cut off', () => pageOf(written('414243')).subarray(0, 200)],
    [
      'a page tree that goes in a circle',
      () => Buffer.from(pageOf(written('41')).toString('latin1').replace('[3 0 R]', '[2 0 R]'), 'latin1'),
    ],
  ])('of %s is none', async (_, make) => expect(await pageText.read(make())).toBeUndefined());

  it.runIf(requireTool('qpdf'))('of a file that asks for a password is none', async () => {
    const folder = temporaryFolder();
    const [plain, locked] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
    writeFileSync(plain, pageOf(written('414243')));
    execFileSync('qpdf', ['--encrypt', 'secret', 'owner', '256', '--', plain, locked]);
    expect(await pageText.read(readFileSync(locked))).toBeUndefined();
  });
});

describe('a hostile file', () => {
  /** 50,000,000 operators in 100 kB. */
  const endless = () => deflated(Buffer.from(`BT /F 1 Tf ${'q Q '.repeat(25_000_000)} ET`));

  it('that takes too long is given up, and its process is ended; the next one is read', async () => {
    const started: (TextChild & { signalCode?: string | null })[] = [];
    const spawn = () => {
      const child = startTextChild();
      started.push(child);
      return child;
    };
    const reader = textInChildren({ limitMs: 3_000, spawn });
    expect(await reader.read(pageOf(written('414243')))).toBe('ABC');
    expect(await reader.read(endless())).toBeUndefined();
    expect(await reader.read(pageOf(written('444546')))).toBe('DEF');
    await expect.poll(() => started.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', null]);
  });

  it('that fills the memory ends its process, without anybody waiting for it', async () => {
    let child: ChildProcess | undefined;
    const spawn = () => {
      const started = startTextChild();
      child = started as unknown as ChildProcess;
      return started;
    };
    // 2 GB in a few kB: one run of 128 zeros after the other.
    const bomb = pageOf(deflateSync(Buffer.alloc(32 * 1_024 * 1_024, Buffer.from([0x81, 0x20]))), {
      filter: '/Filter [/FlateDecode /RunLengthDecode]',
    });
    expect(await textInChildren({ spawn, limitMs: 60_000 }).read(bomb)).toBeUndefined();
    await expect.poll(() => child?.signalCode ?? child?.exitCode).not.toBeNull();
  });

  it('costs nothing where no process can be started', async () => {
    const spawn = () => {
      throw new Error('EAGAIN');
    };
    const reader = textInChildren({ spawn });
    expect(await reader.read(pageOf(written('41')))).toBeUndefined();
    expect(await reader.read(pageOf(written('41')))).toBeUndefined();
  });
});

describe('rows', () => {
  const piece = (text: string, x: number, y: number, width = 10) => ({ text, x, y, width, height: 10 });

  it('are those of the page, in whatever order they were written', () =>
    expect(rowsOf([piece('B', 0, 50), piece('A', 0, 100), piece('2', 60, 49), piece('1', 60, 101)])).toEqual([
      'A 1',
      'B 2',
    ]));

  it('keep together what was written in pieces', () =>
    expect(rowsOf([piece('护', 0, 100), piece('士', 10, 100), piece('x', 40, 100)])).toEqual(['护士 x']));

  it('of nothing are none', () => expect(rowsOf([piece(' ', 0, 0)])).toEqual([]));
});
