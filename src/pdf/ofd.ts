/** OFD (GB/T 33190): the other format of Chinese electronic documents, a ZIP archive with an `OFD.xml` at its top. */

const LOCAL_FILE = Buffer.from('PK\x03\x04', 'latin1');
const CENTRAL_ENTRY = 0x02014b50;
const CENTRAL_ENTRY_BYTES = 46;
const END = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;

/** Whether the bytes are an OFD document, by the archive's own list of its files; never throws. */
export function isOfd(bytes: Buffer): boolean {
  if (!bytes.subarray(0, LOCAL_FILE.length).equals(LOCAL_FILE)) return false;
  const tail = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  const end = tail + bytes.subarray(tail).lastIndexOf(END);
  if (end < tail || end + END_BYTES > bytes.length) return false;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count && at + CENTRAL_ENTRY_BYTES <= end; entry += 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL_ENTRY) return false;
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const start = at + CENTRAL_ENTRY_BYTES;
    if (bytes.toString('latin1', start, start + name) === 'OFD.xml') return true;
    at = start + name + extra + comment;
  }
  return false;
}
