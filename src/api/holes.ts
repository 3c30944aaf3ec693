/** A hole in a text of a declaration: `{name}`. */
const hole = /\{([a-z][a-zA-Z0-9]*)\}/gu;

export function holesIn(text: string): string[] {
  return [...text.matchAll(hole)].map((match) => match[1]!);
}

/** The text with its holes filled; nothing where a value for one is missing. */
export function fill(
  text: string,
  values: ReadonlyMap<string, string>,
  encode: (value: string) => string = (value) => value,
): string | undefined {
  if (holesIn(text).some((name) => !values.has(name))) return undefined;
  return text.replaceAll(hole, (_, name: string) => encode(values.get(name)!));
}
