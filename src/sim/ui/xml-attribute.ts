/** What XML cannot say, and what a dumper puts in its place. */
export interface Substitution {
  isInvalid: (code: number) => boolean;
  instead: string;
}

/**
 * An attribute as Android's XML serializer writes it (libcore, KXmlSerializer): in single quotes where its value
 * holds double ones; line breaks, tabs and what is beyond 16 bits as character references.
 */
export function xmlAttribute(name: string, value: string, substitution: Substitution): string {
  const quote = value.includes('"') ? "'" : '"';
  return `${name}=${quote}${escaped(value, quote, substitution)}${quote}`;
}

const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string, quote: string, { isInvalid, instead }: Substitution): string {
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (isInvalid(code)) out += instead;
    else if (code > 0xffff || char === "\n" || char === "\r" || char === "\t") out += `&#${code};`;
    // Of the two quotes only this one can meet itself: a value in double quotes holds none.
    else if (char === quote) out += "&apos;";
    else out += named[char] ?? char;
  }
  return out;
}
