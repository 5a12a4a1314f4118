/** A red seal for demonstration. It imitates no authority's: no star, no emblem, and it says what it is. */

interface Place {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const RED = '#c8102e';
const ARC_TEXT = '电子证书演示用章';
const ARC_DEGREES = 210;

export function drawSeal(document: PDFKit.PDFDocument, { x, y, radius }: Place): void {
  document.save().strokeColor(RED).fillColor(RED).strokeOpacity(0.8).fillOpacity(0.8);
  document.lineWidth(2.4).circle(x, y, radius).stroke();
  document
    .lineWidth(0.8)
    .circle(x, y, radius - 5)
    .stroke();
  const characters = [...ARC_TEXT];
  document.font('regular').fontSize(11.5);
  characters.forEach((character, index) => {
    const angle = -ARC_DEGREES / 2 + (ARC_DEGREES * index) / (characters.length - 1);
    document.save().rotate(angle, { origin: [x, y] });
    document.text(character, x - 5.75, y - radius + 8, { lineBreak: false });
    document.restore();
  });
  document.fontSize(15).text('样张', x - 30, y - 14, { width: 60, align: 'center', lineBreak: false });
  document.fontSize(9).text('SAMPLE', x - 30, y + 8, { width: 60, align: 'center', lineBreak: false });
  document
    .lineWidth(0.8)
    .moveTo(x - 26, y + 24)
    .lineTo(x + 26, y + 24)
    .stroke();
  document.restore().strokeOpacity(1).fillOpacity(1);
}
