/** Tags of blocks that others wrote, in the prompts of any room. */
const tags = ["screen", "reply", "output", "earlier", "notes", "example"];

/** A block between tags. Tags inside are broken, so that no content can end it early, or begin another. */
export function block(tag: string, content: string): string {
  return `<${tag}>\n${breakTags(content, tag).trimEnd()}\n</${tag}>`;
}

/** A text in which nothing can be taken for one of our tags, or for `tag`. */
export function breakTags(text: string, tag?: string): string {
  const names = tag === undefined ? tags : [...tags, tag];
  return text.replaceAll(new RegExp(`<(?=/?(?:${names.join("|")})\\b)`, "giu"), "‹");
}

export function section(title: string, body: string): string {
  return `# ${title}\n${body.trimEnd()}`;
}
