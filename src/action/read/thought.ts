import type { Frame } from "./regions.ts";

/** The thought in the words before an action: without headings, labels and their decoration. */
export function tidyThought(before: string, { label, thoughtLabel }: Frame): string {
  const words = withoutLabelAtEnd(before.replace(/^\s*#+\s*Round\b[^\n]*/iu, ""), label);
  if (thoughtLabel === undefined) return words;
  const opening = new RegExp(String.raw`^[\s*_#-]*${thoughtLabel}[\s*_]*[:：][\s*_]*`, "iu");
  return words.replace(opening, "");
}

/** Drops a label that ends the text, where it stands on a line of its own or has a colon. */
function withoutLabelAtEnd(text: string, label: string): string {
  const bare = trimEnd(text, " \t\n\r\u00A0*_`:：<");
  if (!bare.toLowerCase().endsWith(label.toLowerCase())) return text.trim();
  const before = bare.slice(0, bare.length - label.length);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const alone = trimEnd(line, " \t\r\u00A0*_-#") === "";
  if (!alone && !/[:：]/u.test(text.slice(bare.length))) return text.trim();
  return before.slice(0, alone ? before.length - line.length : before.length).trim();
}

function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
