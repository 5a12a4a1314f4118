import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CertificatePage, renderCertificate } from '../../src/sandbox/pdf/certificate-pdf.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { requireTool } from '../support/tools.ts';

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
  issuer: '样张发证中心（演示）',
  enquiryUrl: 'https://sandbox.invalid/enquiry/CX00002',
  annotation: {
    id: 'a-0001',
    scenario: { zh: '本人调用', en: 'used by the holder' },
    requestedOn: '2026-11-24',
    validUntil: '2027-02-22',
  },
};

async function saved(page: CertificatePage): Promise<string> {
  const path = join(temporaryFolder(), 'page.pdf');
  writeFileSync(path, await renderCertificate(page));
  return path;
}

const hostile: CertificatePage = {
  ...PAGE,
  qualification: '一级注册结构工程师（很长的名称）'.repeat(6),
  holderName: '😀\u202e\u0000\n样张'.repeat(8),
  specialty: undefined,
  level: undefined,
  enquiryNumber: undefined,
  annotation: undefined,
};

describe('the PDF', () => {
  it('is the same for the same page', async () => {
    const [first, second] = [await renderCertificate(PAGE), await renderCertificate(PAGE)];
    expect(Buffer.from(first).equals(second)).toBe(true);
    expect(Buffer.from(first).equals(await renderCertificate({ ...PAGE, holderName: '样张乙' }))).toBe(false);
  });
});

describe.skipIf(!requireTool('qpdf'))('read by qpdf', () => {
  it.each([
    ['a page', PAGE],
    ['a hostile page', hostile],
  ] as const)('%s has no errors', async (_, page) => {
    expect(execFileSync('qpdf', ['--check', await saved(page)], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
  });
});

describe.skipIf(!requireTool('pdftotext'))('read by poppler', () => {
  it('has every label and value as text', async () => {
    const text = execFileSync('pdftotext', ['-layout', await saved(PAGE), '-'], { encoding: 'utf8' });
    const facts = [
      '证书编号',
      '管理号',
      '查询编号',
      '批准日期',
      '制发日期',
      '护士执业资格',
      '护理学',
      '样张甲',
      '999999********0016',
    ];
    const numbers = ['ZS202300002', 'GL2023083100002', 'CX00002', '2023 年 7 月 2 日', '2023 年 8 月 31 日'];
    const annotation = [
      '证书加注',
      '使用场景：本人调用',
      '2026 年 11 月 24 日 至 2027 年 2 月 22 日',
      'a-0001',
      'SAMPLE',
    ];
    for (const fact of [...facts, ...numbers, ...annotation]) expect(text).toContain(fact);
  });

  it('is one page', async () => {
    expect(execFileSync('pdfinfo', [await saved(hostile)], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/);
  });

  it('shows ink where text, code and seal stand, and none in the margin', async () => {
    const path = await saved(PAGE);
    execFileSync('pdftoppm', ['-r', '72', '-gray', '-singlefile', path, path]);
    const darkness = inkIn(`${path}.pgm`);
    expect(darkness({ x: 150, y: 90, width: 300, height: 40 })).toBeGreaterThan(0.05);
    expect(darkness({ x: 180, y: 235, width: 120, height: 220 })).toBeGreaterThan(0.02);
    expect(darkness({ x: 92, y: 640, width: 92, height: 92 })).toBeGreaterThan(0.25);
    expect(darkness({ x: 100, y: 510, width: 300, height: 90 })).toBeGreaterThan(0.02);
    expect(darkness({ x: 365, y: 620, width: 104, height: 100 })).toBeGreaterThan(0.05);
    expect(darkness({ x: 0, y: 0, width: 30, height: 840 })).toBe(0);
  });
});

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The share of dark pixels in an area of a binary PGM. */
function inkIn(path: string): (area: Area) => number {
  const bytes = readFileSync(path);
  const [header = '', columns] = /^P5\s+(\d+)\s+\d+\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? [];
  const pixels = bytes.subarray(header.length);
  return ({ x, y, width, height }) => {
    let dark = 0;
    for (let row = y; row < y + height; row += 1)
      for (let column = x; column < x + width; column += 1)
        if ((pixels[row * Number(columns) + column] ?? 255) < 140) dark += 1;
    return dark / (width * height);
  };
}
