/** Pictures by their bytes: whatever a portal calls them, only these are shown. */

/** A picture with a few characters to read is much smaller. */
const MAX_BYTES = 1_048_576;
const MAX_SIDE_PIXELS = 4_096;

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PNG_HEADER_BYTES = 33;

/**
 * `png` or `jpeg` for a picture of at most 1 MiB whose sides are at most 4,096 pixels; undefined for all else, be it a
 * page, a drawing with a script in it, or a picture that would fill the memory.
 */
export function pictureKind(bytes: Uint8Array): 'png' | 'jpeg' | undefined {
  if (bytes.length > MAX_BYTES) return undefined;
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (picture.subarray(0, PNG.length).equals(PNG))
    return picture.length >= PNG_HEADER_BYTES && isFit(picture.readUInt32BE(16), picture.readUInt32BE(20))
      ? 'png'
      : undefined;
  const size = jpegSize(picture);
  return size !== undefined && isFit(...size) ? 'jpeg' : undefined;
}

const isFit = (width: number, height: number): boolean =>
  [width, height].every((side) => side >= 1 && side <= MAX_SIDE_PIXELS);

/** Width and height, out of the first frame's header (ITU T.81, B.2.2). */
function jpegSize(picture: Buffer): [width: number, height: number] | undefined {
  if (picture.length < 4 || picture.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= picture.length; at += 2 + picture.readUInt16BE(at + 2)) {
    const marker = picture[at + 1] ?? 0;
    if (picture[at] !== 0xff || marker < 0xc0 || marker === 0xd9 || marker === 0xda) return undefined;
    const isFrame = marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [picture.readUInt16BE(at + 7), picture.readUInt16BE(at + 5)];
    if (picture.readUInt16BE(at + 2) < 2) return undefined;
  }
  return undefined;
}
