/** just-bash carries bytes as strings of one character per byte. */
export function latin1ToBytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

export function bytesToLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/**
 * Bytes of a script's collected output. just-bash decodes it as UTF-8 and, where it is not UTF-8,
 * gives one character per byte. Text has no C1 control characters, binary nearly always has.
 */
export function collectedToBytes(output: string): Buffer {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const binary = /[\u0080-\u009f]/u.test(output) && !/[^\u0000-\u00ff]/u.test(output);
  return binary ? latin1ToBytes(output) : Buffer.from(output);
}
