/** A stretch of a reply in which its action may stand. */
export interface Region {
  from: number;
  to: number;
  /** Where the words before it end: in front of its fence or tag. */
  outside: number;
  kind: "tag" | "fence" | "prose";
}

/** What a family puts around the action of a reply. */
export interface Frame {
  /** The word, followed by a colon, that announces the action. */
  label: string;
  /** The word that announces the thought. */
  thoughtLabel?: string;
  /** Opening and closing tag around the action. */
  tags?: readonly (readonly [string, string])[];
}

/** A reply in its two parts; without the tags of a reasoning model all of it is the answer. */
export function splitThinking(reply: string): { thinking: string; answer: string } {
  const close = "</think>";
  const end = reply.lastIndexOf(close);
  if (end < 0) return { thinking: "", answer: reply };
  const thinking = reply.slice(0, end).replace(/^\s*<think>/u, "");
  return { thinking: thinking.trim(), answer: reply.slice(end + close.length) };
}

/**
 * Where the action stands: inside the family's tags, else inside fences, else after the last label, else
 * anywhere; each only where an action may begin there. So an analysis may quote code, or a screen that
 * shows some. `openings` are the offsets where one may begin, in prose and, more freely, in code.
 */
export function regionsOf(
  text: string,
  frame: Frame,
  openings: { code: number[]; prose: number[] },
): Region[] {
  const holding = (at: number[]) => (region: Region) => within(at, region).length > 0;
  const tagged = (frame.tags ?? []).flatMap(([open, close]) => taggedRegions(text, open, close));
  const inTags = tagged.filter(holding(openings.code));
  if (inTags.length > 0) return inTags;
  const inFences = fencedRegions(text).filter(holding(openings.code));
  if (inFences.length > 0) return inFences;
  return [proseRegion(text, frame.label, openings.prose.at(-1) ?? -1)];
}

/** Those of the ascending `offsets` that lie in the region. */
export function within(offsets: readonly number[], region: Region): number[] {
  return offsets.slice(firstFrom(offsets, region.from), firstFrom(offsets, region.to));
}

function firstFrom(offsets: readonly number[], least: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands between tags; a tag that is never closed reaches to the next one, or to the end. */
function taggedRegions(text: string, open: string, close: string): Region[] {
  const regions: Region[] = [];
  for (let at = text.indexOf(open); at >= 0;) {
    const from = at + open.length;
    const next = text.indexOf(open, from);
    const until = next < 0 ? text.length : next;
    const length = text.slice(from, until).indexOf(close);
    regions.push({ from, to: length < 0 ? until : from + length, outside: at, kind: "tag" });
    at = next;
  }
  return regions;
}

/** Contents of the fenced blocks; a block that is never closed reaches to the end. */
function fencedRegions(text: string): Region[] {
  const regions: Region[] = [];
  let open: { from: number; outside: number } | undefined;
  // The word after an opening fence is its language, but only where its line ends there.
  for (const mark of text.matchAll(/^[^\S\n]*```(?:[\w+-]*[^\S\n]*$)?/gmu)) {
    if (open === undefined) open = { from: mark.index + mark[0].length, outside: mark.index };
    else {
      regions.push({ ...open, to: mark.index, kind: "fence" });
      open = undefined;
    }
  }
  if (open !== undefined) regions.push({ ...open, to: text.length, kind: "fence" });
  return regions;
}

function proseRegion(text: string, label: string, lastOpening: number): Region {
  const labels = [...text.matchAll(new RegExp(String.raw`\b${label}\b[*_]*\s*[:：]`, "giu"))];
  const announced = labels.map(({ index, 0: words }) => index + words.length);
  const from = announced.findLast((end) => end <= lastOpening) ?? 0;
  return { from, to: text.length, outside: from, kind: "prose" };
}
