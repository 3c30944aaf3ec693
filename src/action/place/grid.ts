import type { CallValue } from "../read/call-parser.ts";
import { Fields, type Reading } from "../read/fields.ts";
import type { Bounds, Point, Size } from "./geometry.ts";

/** A point of the screen as the target of an action. */
export type PointTarget = Point & { kind: "point" };

/** How a grammar counts places: the screen is `span` wide and high, and no number is above `last`. */
export interface Grid {
  span: Size;
  last: Size;
}

/** Thousandths of the screen, written from 0 to 999. */
export const thousandths: Grid = {
  span: { width: 1000, height: 1000 },
  last: { width: 999, height: 999 },
};

/** The pixels of a picture of this size. */
export function pixelsOf({ width, height }: Size): Grid {
  return { span: { width, height }, last: { width: width - 1, height: height - 1 } };
}

/** A point of the screen on the grid, rounded. Off by half a cell, or by a whole one at the far sides. */
export function onGrid({ x, y }: Point, { span, last }: Grid, screen: Size): Point {
  return {
    x: clamp(Math.round((x / screen.width) * span.width), last.width),
    y: clamp(Math.round((y / screen.height) * span.height), last.height),
  };
}

/** A box of the screen on the grid: left, top, right, bottom. */
export function boxOnGrid({ left, top, right, bottom }: Bounds, grid: Grid, screen: Size): number[] {
  const from = onGrid({ x: left, y: top }, grid, screen);
  const to = onGrid({ x: right, y: bottom }, grid, screen);
  return [from.x, from.y, to.x, to.y];
}

/**
 * The pixel of the screen that a place of the grid means; of a box its middle. A place may be written as
 * a list, nested or not, as an object with x and y, or as text with brackets and tags. Numbers
 * between 0 and 1 with a fraction are shares of the screen, which no grid counts in; other numbers off
 * the grid are refused, since nothing tells what they count.
 */
export function readPlace(value: CallValue | undefined, grid: Grid, screen: Size): Reading<PointTarget> {
  const numbers = numbersIn(value);
  if (numbers === undefined || (numbers.length !== 2 && numbers.length !== 4)) {
    return `a place is two numbers, x and y, not ${JSON.stringify(value ?? null).slice(0, 80)}`;
  }
  const [a, b, c = a, d = b] = numbers as [number, number, number?, number?];
  const shares = numbers.every((n) => n >= 0 && n <= 1) && !numbers.every(Number.isInteger);
  const { width, height } = shares ? { width: 1, height: 1 } : grid.span;
  if (Math.min(a, b, c, d) < 0 || Math.max(a, c) > width || Math.max(b, d) > height) {
    const { last } = grid;
    return `the place ${numbers.join(", ")} is not on the screen: x goes from 0 to ${last.width}, y from 0 to ${last.height}`;
  }
  return {
    kind: "point",
    x: clamp(Math.round(((a + c) / 2 / width) * screen.width), screen.width - 1),
    y: clamp(Math.round(((b + d) / 2 / height) * screen.height), screen.height - 1),
  };
}

function numbersIn(value: CallValue | undefined): number[] | undefined {
  if (typeof value === "number") return [value];
  if (typeof value === "string") return numbersInText(value);
  if (Array.isArray(value)) {
    const lists = value.map(numbersIn);
    return lists.includes(undefined) ? undefined : (lists as number[][]).flat();
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = new Fields(Object.entries(value));
  return numbersIn([fields.get("x") ?? null, fields.get("y") ?? null]);
}

function numbersInText(text: string): number[] | undefined {
  const bare = text.replaceAll(/<[/|\w]{1,40}>/gu, " ");
  if (/[^\d\s.,;()[\]（），、+-]/u.test(bare)) return undefined;
  return (bare.match(/[+-]?\d{1,9}(?:\.\d{1,20})?/gu) ?? []).map(Number);
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
