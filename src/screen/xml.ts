/** Characters that XML 1.0 has no place for; apps put them on the screen all the same. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const illegalCharacters = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;
const characterReference = /&#(?:x([\da-f]+)|(\d+));/giu;

/** The same document with U+FFFD for what XML 1.0 forbids, written out or as a reference. */
export function withLegalCharacters(xml: string): string {
  return xml
    .replace(illegalCharacters, "\uFFFD")
    .replace(characterReference, (reference: string, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const legal =
        code === 9 ||
        code === 10 ||
        code === 13 ||
        (code >= 0x20 && code <= 0xd7_ff) ||
        (code >= 0xe0_00 && code <= 0xff_fd) ||
        (code >= 0x1_00_00 && code <= 0x10_ff_ff);
      return legal ? reference : "\uFFFD";
    });
}
