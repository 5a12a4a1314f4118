/** What stands on the page, and where. Lengths are points; the page is A4 upright, 595 × 842. */
import QRCode from 'qrcode';
import type { CertificatePage } from './certificate-pdf.ts';
import { showable } from './characters.ts';
import { drawSeal } from './seal.ts';

type Document = PDFKit.PDFDocument;

const PAGE = { width: 595.28, height: 841.89 };
const FRAME = { x: 34, y: 34, width: PAGE.width - 68, height: PAGE.height - 68 };
const LEFT = 92;
const RIGHT = PAGE.width - 92;
const INK = '#1d2733';
const SOFT = '#5b6774';
const LINE = '#9a7b3c';
const LABEL_WIDTH = 96;

export function drawPage(document: Document, page: CertificatePage): void {
  drawFrame(document);
  drawWatermark(document);
  drawTitle(document, page);
  const end = drawFields(document, page);
  drawIssuer(document, page);
  drawQrCode(document, page.enquiryUrl);
  if (page.annotation !== undefined) drawAnnotation(document, page.annotation, Math.max(end + 16, 500));
  drawSeal(document, { x: RIGHT - 86, y: 670, radius: 50 });
  line(document, '本文件为演示样张，人物、号码均为虚构，不具有任何效力。 SAMPLE: fictitious, without any effect.', {
    x: FRAME.x,
    y: FRAME.y + FRAME.height - 26,
    width: FRAME.width,
    size: 8,
    color: SOFT,
    align: 'center',
  });
}

interface LineStyle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly color?: string;
  readonly font?: 'regular' | 'bold';
  readonly align?: 'left' | 'center' | 'right';
}

const LEAST_SIZE = 7;

/** One line of text, made smaller until it fits, and cut where even that is not enough. */
function line(document: Document, text: string, style: LineStyle): void {
  const { x, y, width, size, color = INK, font = 'regular', align = 'left' } = style;
  let shown = showable(text);
  document.font(font).fillColor(color);
  const fits = (points: number) => document.fontSize(points).widthOfString(shown) <= width;
  let points = size;
  while (points > LEAST_SIZE && !fits(points)) points -= 0.5;
  while (!fits(points)) shown = `${[...shown].slice(0, -2).join('')}…`;
  document.text(shown, x, y + (size - points) / 2, { width: width + 1, align, lineBreak: false });
}

function drawFrame(document: Document): void {
  const { x, y, width, height } = FRAME;
  document.lineWidth(2).strokeColor(LINE).rect(x, y, width, height).stroke();
  document
    .lineWidth(0.6)
    .rect(x + 6, y + 6, width - 12, height - 12)
    .stroke();
  for (const [cx, cy] of [
    [x + 6, y + 6],
    [x + width - 6, y + 6],
    [x + 6, y + height - 6],
    [x + width - 6, y + height - 6],
  ] as const)
    document.circle(cx, cy, 4).fillAndStroke('#ffffff', LINE);
}

function drawWatermark(document: Document): void {
  document.save().rotate(-38, { origin: [PAGE.width / 2, PAGE.height / 2] });
  document.font('bold').fontSize(86).fillColor('#d8dde3').fillOpacity(0.45);
  document.text('样张 SAMPLE', 0, PAGE.height / 2 - 60, { width: PAGE.width, align: 'center', lineBreak: false });
  document.restore().fillOpacity(1);
}

function drawTitle(document: Document, { kind, qualification }: CertificatePage): void {
  const [title, english] =
    kind === 'certificate'
      ? ['专业技术人员资格电子证书', 'Electronic Certificate of Professional Qualification']
      : ['证书电子文件', 'Electronic File of a Paper Certificate'];
  const centred = { x: LEFT, width: RIGHT - LEFT, align: 'center' } as const;
  line(document, title, { ...centred, y: 92, size: 28, font: 'bold' });
  line(document, english, { ...centred, y: 134, size: 10, color: SOFT });
  document
    .lineWidth(0.8)
    .strokeColor(LINE)
    .moveTo(LEFT + 110, 160)
    .lineTo(RIGHT - 110, 160)
    .stroke();
  line(document, qualification, { ...centred, y: 178, size: 20, font: 'bold' });
}

/** The fields, one a line; gives the height at which they end. */
function drawFields(document: Document, page: CertificatePage): number {
  const fields: readonly (readonly [label: string, value: string | undefined])[] = [
    ['姓名', page.holderName],
    ['证件号码', page.idNumberMasked],
    ['专业', page.specialty],
    ['级别', page.level],
    ['证书编号', page.certificateNumber],
    ['管理号', page.managementNumber],
    ['查询编号', page.enquiryNumber],
    ['批准日期', chineseDate(page.approvedOn)],
    ['制发日期', chineseDate(page.issuedOn)],
  ];
  let y = 232;
  for (const [label, value] of fields) {
    if (value === undefined) continue;
    line(document, label, { x: LEFT, y, width: LABEL_WIDTH - 12, size: 12, color: SOFT });
    line(document, value, { x: LEFT + LABEL_WIDTH, y, width: RIGHT - LEFT - LABEL_WIDTH, size: 13 });
    document
      .lineWidth(0.4)
      .strokeColor('#d9d2c0')
      .moveTo(LEFT, y + 21)
      .lineTo(RIGHT, y + 21)
      .stroke();
    y += 28;
  }
  return y;
}

function drawIssuer(document: Document, { issuer, issuedOn }: CertificatePage): void {
  const place = { x: RIGHT - 210, width: 210, align: 'right' } as const;
  line(document, issuer, { ...place, y: 712, size: 13, font: 'bold' });
  line(document, chineseDate(issuedOn), { ...place, y: 733, size: 12 });
}

const chineseDate = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
};

const QR = { x: LEFT, y: 640, size: 92 };

function drawQrCode(document: Document, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const step = QR.size / modules.size;
  document.rect(QR.x - 6, QR.y - 6, QR.size + 12, QR.size + 12).fill('#ffffff');
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) document.rect(QR.x + column * step, QR.y + row * step, step, step);
  document.fill('#000000');
  line(document, '扫码查询（演示）', {
    x: QR.x - 6,
    y: QR.y + QR.size + 8,
    width: QR.size + 12,
    size: 8,
    color: SOFT,
    align: 'center',
  });
}

function drawAnnotation(document: Document, annotation: NonNullable<CertificatePage['annotation']>, y: number): void {
  const { id, scenario, requestedOn, validUntil } = annotation;
  const box = { x: LEFT, y, width: RIGHT - LEFT, height: 112 };
  document.lineWidth(1).strokeColor('#b3261e').roundedRect(box.x, box.y, box.width, box.height, 6).stroke();
  const inside = { x: box.x + 14, width: box.width - 28 };
  line(document, '证书加注', { ...inside, y: box.y + 9, size: 13, font: 'bold', color: '#b3261e' });
  line(document, `使用场景：${scenario.zh}`, { ...inside, y: box.y + 31, size: 11 });
  line(document, `加注有效期：${chineseDate(requestedOn)} 至 ${chineseDate(validUntil)}`, {
    ...inside,
    y: box.y + 48,
    size: 11,
  });
  line(document, `加注编号：${id}`, { ...inside, y: box.y + 65, size: 9, color: SOFT });
  line(document, '本加注件仅限上述使用场景，在加注有效期内使用，过期无效。', {
    ...inside,
    y: box.y + 79,
    size: 9,
    color: SOFT,
  });
  line(document, `Annotated copy: ${scenario.en} only, valid until ${validUntil}.`, {
    ...inside,
    y: box.y + 93,
    size: 8,
    color: SOFT,
  });
}
