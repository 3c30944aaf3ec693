import fc from "fast-check";

/** Where to cut a run of bytes, as sizes of its pieces. */
export const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });

/** The bytes in pieces of those sizes; the rest in one. */
export function splitAt(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const out: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at + size >= bytes.length) break;
    out.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...out, bytes.subarray(at)];
}
