/** A prompt's `# Title` sections by title, in lower case; headings inside `<tag>` blocks are content. */
export function readSections(text: string): Map<string, string> {
  const sections = new Map<string, string>();
  let title: string | undefined;
  let body: string[] = [];
  let openTag: string | undefined;
  const close = () => {
    if (title !== undefined) sections.set(title, body.join("\n").trim());
    body = [];
  };
  for (const line of text.split("\n")) {
    const heading = openTag === undefined ? /^# (.+)$/u.exec(line) : null;
    if (heading) {
      close();
      title = heading[1]!.trim().toLowerCase();
      continue;
    }
    if (openTag === undefined) openTag = /^<([a-z]+)>$/u.exec(line)?.[1];
    else if (line === `</${openTag}>`) openTag = undefined;
    body.push(line);
  }
  close();
  return sections;
}

/** Contents of the blocks `<tag>…</tag>` whose tags stand on lines of their own. */
export function readBlocks(text: string, tag: string): string[] {
  const blocks: string[] = [];
  let open: string[] | undefined;
  for (const line of text.split("\n")) {
    if (open === undefined) {
      if (line === `<${tag}>`) open = [];
    } else if (line === `</${tag}>`) {
      blocks.push(open.join("\n"));
      open = undefined;
    } else open.push(line);
  }
  return blocks;
}
