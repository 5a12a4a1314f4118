import { describe, expect, it } from 'vitest';
import { pictureKind } from '../../../src/domain/picture-kind.ts';
import { greyPng } from '../../../src/sandbox/png.ts';

/** A picture whose header says that size. */
function png(width: number, height: number): Buffer {
  const picture = greyPng(1, 1, new Uint8Array(1));
  picture.writeUInt32BE(width, 16);
  picture.writeUInt32BE(height, 20);
  return picture;
}

function jpeg(width: number, height: number): Buffer {
  const picture = Buffer.from('ffd8ffdb0003aaffc2000b080000000001011100', 'hex');
  picture.writeUInt16BE(height, 12);
  picture.writeUInt16BE(width, 14);
  return picture;
}

describe('a picture', () => {
  it.each([
    ['png', png(1, 1)],
    ['png', png(4_096, 4_096)],
    [undefined, png(4_097, 1)],
    [undefined, png(1, 4_097)],
    [undefined, png(0, 1)],
    [undefined, png(1, 1).subarray(0, 32)],
    [undefined, png(1, 1).fill(0, 1, 8)],
    [undefined, Buffer.from('\x89PNG\r\n\x1a\n<svg onload=run()>', 'latin1')],
    [undefined, Buffer.concat([png(1, 1), Buffer.alloc(1_048_576)])],
    ['jpeg', jpeg(1, 4_096)],
    [undefined, jpeg(4_097, 1)],
    [undefined, jpeg(1, 0)],
    [undefined, Buffer.from('ffd8ff', 'hex')],
    [undefined, Buffer.from('ffd8ffe00000', 'hex')],
    [undefined, Buffer.from('\xff\xd8\xff<html><script>', 'latin1')],
    [undefined, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>')],
    [undefined, Buffer.from('<html><script>run()</script></html>')],
    [undefined, Buffer.from('[Desktop Entry]\nType=Application\nExec=run\n')],
    [undefined, Buffer.from('GIF89a')],
    [undefined, Buffer.alloc(0)],
  ])('is %s: %#', (kind, bytes) => {
    expect(pictureKind(bytes)).toBe(kind);
  });
});
