/** Measures text and breaks it into lines, with the font that draws it. */
import { canvas, font } from "./canvas.ts";
import { px } from "./metrics.ts";

export interface TextStyle {
  /** Pixels. */
  size: number;
  bold: boolean;
}

interface TextLine {
  text: string;
  /** Where the line begins in the whole text. */
  start: number;
  width: number;
}

export interface TextBlock {
  style: TextStyle;
  lines: TextLine[];
  width: number;
  height: number;
}

export function textStyle(sp: number, bold = false): TextStyle {
  return { size: px(sp), bold };
}

export function lineHeight(style: TextStyle): number {
  return Math.round(style.size * 1.33);
}

/** From the top of a line to the baseline. */
export function baseline(style: TextStyle): number {
  return Math.round(style.size * 1.04);
}

// Measuring takes 25 µs and most texts are on the next screen again.
const CACHE_SIZE = 20_000;
const widths = new Map<string, number>();

export function textWidth(text: string, style: TextStyle): number {
  if (text === "") return 0;
  const key = `${style.bold ? "b" : "r"}${style.size} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const context = canvas();
    context.font = font(style.size, style.bold);
    width = context.measureText(text).width;
    if (widths.size >= CACHE_SIZE) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** How many of the characters fit into the width; at least one. */
function fitting(chars: readonly string[], style: TextStyle, width: number): number {
  let low = 1;
  let high = chars.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(chars.slice(0, middle).join(""), style) <= width) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Lines of one paragraph: broken at spaces, and within words that are longer than a line. */
function breakParagraph(paragraph: string, start: number, style: TextStyle, width: number): TextLine[] {
  const whole = textWidth(paragraph.trimEnd(), style);
  if (whole <= width) return [{ text: paragraph, start, width: whole }];
  const lines: TextLine[] = [];
  let line = "";
  let lineStart = start;
  const flush = (): void => {
    lines.push({ text: line, start: lineStart, width: textWidth(line.trimEnd(), style) });
    lineStart += line.length;
    line = "";
  };
  for (const [token] of paragraph.matchAll(/\S+\s*|\s+/g)) {
    if (textWidth((line + token).trimEnd(), style) <= width) {
      line += token;
      continue;
    }
    if (line !== "") flush();
    let rest = Array.from(token);
    while (textWidth(rest.join("").trimEnd(), style) > width && rest.length > 1) {
      const count = fitting(rest, style, width);
      line = rest.slice(0, count).join("");
      rest = rest.slice(count);
      flush();
    }
    line = rest.join("");
  }
  flush();
  return lines;
}

/** As much of a text as fits before an ellipsis. */
function ellipsize(text: string, start: number, style: TextStyle, width: number): TextLine {
  const chars = Array.from(text);
  const room = width - textWidth("…", style);
  const cut = `${chars
    .slice(0, fitting(chars, style, room))
    .join("")
    .trimEnd()}…`;
  return { text: cut, start, width: textWidth(cut, style) };
}

/** Breaks a text into lines no wider than `width` pixels, at most `maxLines` of them. */
export function layOutText(text: string, style: TextStyle, width = Infinity, maxLines = Infinity): TextBlock {
  let lines: TextLine[] = [];
  let start = 0;
  for (const paragraph of text.split("\n")) {
    if (lines.length > maxLines) break;
    lines.push(...breakParagraph(paragraph.replaceAll("\t", " "), start, style, width));
    start += paragraph.length + 1;
  }
  if (lines.length > maxLines) {
    lines = lines.slice(0, maxLines);
    const { start: last } = lines.pop()!;
    lines.push(ellipsize(text.slice(last).split("\n")[0]!, last, style, width));
  }
  return {
    style,
    lines,
    width: Math.ceil(Math.max(0, ...lines.map((line) => line.width))),
    height: lines.length * lineHeight(style),
  };
}
