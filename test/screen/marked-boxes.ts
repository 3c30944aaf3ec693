import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Bounds } from "../../src/screen/index.ts";

/**
 * Reads the boxes out of pictures in which AndroidGen's recorder marked its elements: a green line, three pixels
 * wide, around each element, and in its corner the element's number, black on a white ground. The record itself
 * tells no bounds.
 */
interface Picture {
  width: number;
  height: number;
  data: Buffer;
}

/** The ground of a number begins right inside the corner of its box. */
const ground = { inset: 1, width: 34, height: 24 };
/** Where digits begin in it, in pixels from its left. */
const places = [1, 15];
const digitWidth = 14;

/** The recorder's font: what each digit's pixels hash to. */
const digits: Record<string, string> = {
  c936796f: "0",
  ac6c0997: "1",
  "1076f812": "2",
  d97a044d: "3",
  d5ced3bb: "4",
  "40bee226": "5",
  e60e3043: "6",
  "4bf35e20": "7",
  "29c61847": "8",
  fa91ba4d: "9",
};

/** Bounds by element number, of those whose number and lines nothing drawn later has hidden. */
export async function markedBoxes(file: string): Promise<Map<number, Bounds>> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const picture = { width: info.width, height: info.height, data };
  const lines = linePixels(picture);
  const labels = findLabels(picture, lines);
  hideUnder(labels, lines, info.width);
  const boxes = new Map<number, Bounds>();
  for (const [i, label] of labels.entries()) {
    if (label.number === undefined) continue;
    // A line may go on under the ground of another number, never under its own.
    const isLine = (x: number, y: number): boolean => {
      const pixel = lines[y * info.width + x]!;
      return pixel !== 0 && pixel !== i + 2;
    };
    const box = boxAt(label, picture, isLine);
    if (box !== undefined) boxes.set(label.number, box);
  }
  return boxes;
}

/** For each pixel 1 where a line shows, else 0. */
function linePixels({ data, width, height }: Picture): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    if (data[at] === 0 && data[at + 1] === 255 && data[at + 2] === 0) pixels[i] = 1;
  }
  return pixels;
}

/** Marks with i + 2 where the ground of label i may hide a line. */
function hideUnder(labels: readonly Label[], lines: Uint8Array, width: number): void {
  for (const [i, { left, top }] of labels.entries()) {
    for (let y = top + ground.inset; y < top + ground.inset + ground.height; y++) {
      const start = y * width + left + ground.inset;
      lines.fill(i + 2, start, start + ground.width);
    }
  }
}

function isWhite({ width, data }: Picture, x: number, y: number): boolean {
  const at = 3 * (y * width + x);
  return data[at] === 255 && data[at + 1] === 255 && data[at + 2] === 255;
}

/** A number, and the corner of its box. */
interface Label {
  left: number;
  top: number;
  number: number | undefined;
}

function findLabels(picture: Picture, lines: Uint8Array): Label[] {
  const { width, height } = picture;
  const labels: Label[] = [];
  for (let top = 0; top < height - ground.height - ground.inset; top++) {
    for (let left = 0; left < width - ground.width - ground.inset; left++) {
      const corner = top * width + left;
      if (lines[corner + width] !== 1 || lines[corner + 1] !== 1 || !isGround(picture, left, top)) continue;
      labels.push({ left, top, number: readNumber(picture, left, top) });
    }
  }
  return labels;
}

/** White all along its upper and lower edge. */
function isGround(picture: Picture, left: number, top: number): boolean {
  const x = left + ground.inset;
  const y = top + ground.inset;
  for (let i = 0; i < ground.width; i++) {
    if (!isWhite(picture, x + i, y) || !isWhite(picture, x + i, y + ground.height - 1)) return false;
  }
  return true;
}

function readNumber(picture: Picture, left: number, top: number): number | undefined {
  const read = places.map((place) => {
    let bits = "";
    for (let y = 0; y < ground.height; y++) {
      for (let x = 0; x < digitWidth; x++) {
        const at = left + ground.inset + place + x;
        bits += isWhite(picture, at, top + ground.inset + y) ? " " : "#";
      }
    }
    return bits.trim() === "" ? "" : digits[createHash("sha1").update(bits).digest("hex").slice(0, 8)];
  });
  return read.includes(undefined) ? undefined : Number(read.join(""));
}

/** The smallest rectangle of lines whose corner this is. */
function boxAt(
  { left, top }: Label,
  { width, height }: Picture,
  isLine: (x: number, y: number) => boolean,
): Bounds | undefined {
  // The line lies to both sides of the edge: what is met first is one pixel before the right or lower edge.
  for (let bottom = top + 3; bottom < height && isLine(left, bottom); bottom++) {
    for (let right = left + 3; right < width && isLine(right, top); right++) {
      const closes = all(left, right, (x) => isLine(x, bottom)) && all(top, bottom, (y) => isLine(right, y));
      if (closes) return { left, top, right: right + 1, bottom: bottom + 1 };
    }
  }
  return undefined;
}

function all(from: number, to: number, holds: (at: number) => boolean): boolean {
  for (let at = from; at <= to; at++) if (!holds(at)) return false;
  return true;
}
