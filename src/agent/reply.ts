/** A step that no model wrote, in the form in which models write theirs: histories and samples read alike. */
export function replyOf(code: string, thought = ""): string {
  const analysis = thought === "" ? "" : `Analysis: ${thought}\n`;
  return `${analysis}Operation:\n\`\`\`\n${code}\n\`\`\``;
}
