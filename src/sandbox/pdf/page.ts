/** What stands on the page, and where. Lengths are points; the page is A4 upright, 595 × 842. */
import QRCode from 'qrcode';
import type { CertificatePage } from './content.ts';
import { drawShapes } from './embedded-font.ts';
import { BOLD_STROKE } from './glyphs.ts';
import { drawSeal } from './seal.ts';
import { write } from './text.ts';

type Document = PDFKit.PDFDocument;

const PAGE = { width: 595.28, height: 841.89 };
const FRAME = { x: 34, y: 34, width: PAGE.width - 68, height: PAGE.height - 68 };
const LEFT = 92;
const RIGHT = PAGE.width - 92;
const SOFT = '#5b6774';
const LINE = '#9a7b3c';
const RED = '#b3261e';
const WATERMARK = '#eef0f3';
const LABEL_WIDTH = 96;
const FIELDS = { y: 220, height: 252, most: 34 };
const ANNOTATION = { x: LEFT, y: 490, width: RIGHT - LEFT, height: 116 };
const SEAL = { x: RIGHT - 70, y: 668, radius: 48 };

/** Where the seal is: readers show there what they find of the signature. */
export const SEAL_AREA = {
  x: SEAL.x - SEAL.radius,
  y: SEAL.y - SEAL.radius,
  width: 2 * SEAL.radius,
  height: 2 * SEAL.radius,
};

export function drawPage(document: Document, page: CertificatePage): void {
  drawFrame(document);
  drawWatermark(document);
  drawTitle(document, page);
  drawFields(document, page);
  drawIssuer(document, page);
  drawQrCode(document, page.enquiryUrl);
  if (page.annotation !== undefined) drawAnnotation(document, page.annotation);
  drawSeal(document, SEAL);
  write(
    document,
    '样张 SAMPLE：人物、号码均为虚构，不具有任何效力。 People and numbers are fictitious; without any effect.',
    {
      x: FRAME.x,
      middle: FRAME.y + FRAME.height - 20,
      width: FRAME.width,
      size: 8,
      color: SOFT,
      align: 'center',
    },
  );
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

/** Shapes, not text: letters across the page would part what stands beside one another from its label. */
function drawWatermark(document: Document): void {
  const [x, middle] = [PAGE.width / 2, PAGE.height / 2];
  document.font('regular').fillColor(WATERMARK).strokeColor(WATERMARK);
  document.save().rotate(-38, { origin: [x, middle] });
  drawShapes(document, '样张 SAMPLE', { x, baseline: middle + 32, size: 88, stroke: BOLD_STROKE });
  document.restore();
}

function drawTitle(document: Document, { kind, qualification }: CertificatePage): void {
  const [title, english] =
    kind === 'certificate'
      ? ['专业技术人员资格电子证书', 'Electronic Certificate of Professional Qualification']
      : ['证书电子文件', 'Electronic File of a Paper Certificate'];
  const centred = { x: LEFT, width: RIGHT - LEFT, align: 'center' } as const;
  write(document, title, { ...centred, middle: 112, size: 28, weight: 'bold' });
  write(document, english, { ...centred, middle: 141, size: 10, color: SOFT });
  document
    .lineWidth(0.8)
    .strokeColor(LINE)
    .moveTo(LEFT + 110, 160)
    .lineTo(RIGHT - 110, 160)
    .stroke();
  write(document, qualification, { ...centred, middle: 191, size: 20, room: 44, weight: 'bold' });
}

/** The fields that the certificate has, one a line. */
function drawFields(document: Document, page: CertificatePage): void {
  const fields = [
    ['姓名', page.holderName],
    ['证件号码', page.idNumberMasked],
    ['专业', page.specialty],
    ['级别', page.level],
    ['证书编号', page.certificateNumber],
    ['管理号', page.managementNumber],
    ['查询编号', page.enquiryNumber],
    ['批准日期', page.approvedOn && chineseDate(page.approvedOn)],
    ['制发日期', chineseDate(page.issuedOn)],
  ].filter((field): field is [label: string, value: string] => Boolean(field[1]));
  const step = Math.min(FIELDS.most, FIELDS.height / fields.length);
  fields.forEach(([label, value], index) => {
    const middle = FIELDS.y + (index + 0.5) * step;
    write(document, label, { x: LEFT, middle, width: LABEL_WIDTH - 12, size: 12, color: SOFT });
    write(document, value, { x: LEFT + LABEL_WIDTH, middle, width: RIGHT - LEFT - LABEL_WIDTH, size: 13, room: 24 });
    document
      .lineWidth(0.4)
      .strokeColor('#d9d2c0')
      .moveTo(LEFT, middle + step / 2)
      .lineTo(RIGHT, middle + step / 2)
      .stroke();
  });
}

function drawIssuer(document: Document, { issuer, issuedOn }: CertificatePage): void {
  const place = { x: RIGHT - 210, width: 210, align: 'right' } as const;
  write(document, issuer, { ...place, middle: 732, size: 13, room: 24, weight: 'bold' });
  write(document, chineseDate(issuedOn), { ...place, middle: 753, size: 12 });
}

const chineseDate = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
};

const QR = { x: LEFT, y: 646, size: 92 };

function drawQrCode(document: Document, text: string): void {
  const data = new TextEncoder().encode(text);
  const { modules } = QRCode.create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  const step = QR.size / modules.size;
  document.rect(QR.x - 6, QR.y - 6, QR.size + 12, QR.size + 12).fill('#ffffff');
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) document.rect(QR.x + column * step, QR.y + row * step, step, step);
  document.fill('#000000');
  write(document, '扫码查询（演示）', {
    x: QR.x - 6,
    middle: QR.y + QR.size + 14,
    width: QR.size + 12,
    size: 8,
    color: SOFT,
    align: 'center',
  });
}

function drawAnnotation(document: Document, annotation: NonNullable<CertificatePage['annotation']>): void {
  const { id, scenario, requestedOn, validUntil } = annotation;
  const { x, y, width, height } = ANNOTATION;
  document.lineWidth(1).strokeColor(RED).roundedRect(x, y, width, height, 6).stroke();
  const inside = { x: x + 14, width: width - 28 };
  const small = { ...inside, size: 9, color: SOFT };
  write(document, '证书加注', { ...inside, middle: y + 18, size: 13, weight: 'bold', color: RED });
  write(document, `使用场景：${scenario.label.zh}`, { ...inside, middle: y + 39, size: 11, room: 20 });
  write(document, `加注有效期至：${chineseDate(validUntil)}（${chineseDate(requestedOn)}申请）`, {
    ...inside,
    middle: y + 57,
    size: 11,
  });
  write(document, `加注编号：${id}`, { ...small, middle: y + 73 });
  write(document, '本加注件仅限上述使用场景，在加注有效期内使用，过期无效。', { ...small, middle: y + 87 });
  write(document, `Annotated copy: ${scenario.label.en} only, valid until ${validUntil}.`, {
    ...small,
    middle: y + 101,
  });
}
