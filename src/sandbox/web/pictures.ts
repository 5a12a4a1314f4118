/** Pictures of challenges. */
import QRCode from 'qrcode';
import { greyPng } from '../png.ts';

const QUIET_ZONE = 4;
const PIXELS_PER_MODULE = 6;

/** A QR code as PNG, a data URI. */
export function qrPicture(payload: string): string {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel: 'M' });
  const width = (modules.size + 2 * QUIET_ZONE) * PIXELS_PER_MODULE;
  const pixels = new Uint8Array(width * width).fill(0xff);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [row, column] = [moduleAt(y), moduleAt(x)];
      const isInside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      if (isInside && modules.get(row, column) === 1) pixels[y * width + x] = 0;
    }
  return `data:image/png;base64,${greyPng(width, width, pixels).toString('base64')}`;
}

const moduleAt = (pixel: number): number => Math.floor(pixel / PIXELS_PER_MODULE) - QUIET_ZONE;
