/** RC4, which OpenSSL 3, and so `node:crypto`, has no more. It encrypts as it decrypts. */
export function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    const kept = state[one] as number;
    state[one] = state[other] as number;
    state[other] = kept;
  };
  for (let index = 0, mixed = 0; index < 256; index += 1) {
    mixed = (mixed + (state[index] as number) + (key[index % key.length] as number)) & 0xff;
    swap(index, mixed);
  }
  const out = Buffer.alloc(data.length);
  for (let at = 0, index = 0, mixed = 0; at < data.length; at += 1) {
    index = (index + 1) & 0xff;
    mixed = (mixed + (state[index] as number)) & 0xff;
    swap(index, mixed);
    out[at] = (data[at] as number) ^ (state[((state[index] as number) + (state[mixed] as number)) & 0xff] as number);
  }
  return out;
}
