/** A value as part of a URI: nothing of it can be read as the URI's own syntax (RFC 3986, 2.2). */
export function uriPart(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/gu,
    (char) => `%${char.codePointAt(0)!.toString(16).toUpperCase()}`,
  );
}

/** A value as a literal of SQLite: between single quotes nothing means anything but the quote itself. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The condition that a column contains a text, wherever, whatever its case. */
export function sqlContains(column: string, value: string): string {
  const pattern = `%${value.replaceAll(/[\\%_]/gu, (char) => `\\${char}`)}%`;
  return `${column} LIKE ${sqlText(pattern)} ESCAPE '\\'`;
}
