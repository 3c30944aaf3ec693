import { area, intersection, isEmpty, overlap } from "./rect.ts";
import type { Bounds, Element } from "./screen.ts";

export interface Size {
  width: number;
  height: number;
}

/** One element as it is marked: a box, and a place for its number. */
export interface Mark {
  index: number;
  box: Bounds;
  label: Bounds;
}

/** Shares of cost: a number over another is worse than one over a text, which is worse than one over an empty place. */
const overLabel = 100;
const overWords = 10;
const overBox = 1;

/**
 * Boxes and places for the numbers of elements. A number stands at its box: inside a corner, or right outside it,
 * wherever it covers the least of other numbers and of things that have something to say. Where all places are
 * taken it still gets the best one, so that every box has its number.
 */
export function placeMarks(
  elements: readonly Element[],
  picture: Size,
  labelSize: (index: number) => Size,
): Mark[] {
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const boxes = elements
    .map((element) => ({ element, box: intersection(element.bounds, whole) }))
    .filter(({ box }) => !isEmpty(box));
  const words = boxes
    .filter(({ element }) => isWordy(element))
    .map(({ element, box }) => middleOf(box, labelSize(element.index)));
  const taken: Bounds[] = [];
  const labels = new Map<number, Bounds>();
  // Small boxes have the fewest places of their own.
  for (const { element, box } of boxes.toSorted((a, b) => area(a.box) - area(b.box))) {
    const places = placesFor(box, labelSize(element.index), picture);
    const costs = places.map((place) => {
      return (
        overLabel * share(place, taken) + overWords * share(place, words) + overBox * outside(place, box)
      );
    });
    const best = places[costs.indexOf(Math.min(...costs))]!;
    taken.push(best);
    labels.set(element.index, best);
  }
  return boxes.map(({ element, box }) => ({ index: element.index, box, label: labels.get(element.index)! }));
}

/** Containers say nothing themselves; a number in their corner hides nothing. */
function isWordy(element: Element): boolean {
  return element.text !== "" || element.description !== "" || element.hint !== "" || !element.scrollable;
}

/** Where the words of a box are: everywhere in a line of text, not in the corners of a row or a card. */
function middleOf(box: Bounds, { height }: Size): Bounds {
  return box.bottom - box.top < 3 * height
    ? box
    : { ...box, top: box.top + height, bottom: box.bottom - height };
}

/** Inside the corners first, then outside at each side; all of them in the picture. */
function placesFor({ left, top, right, bottom }: Bounds, { width, height }: Size, picture: Size): Bounds[] {
  const corners = [
    [left, top],
    [right - width, top],
    [right - width, bottom - height],
    [left, bottom - height],
    [left, top - height],
    [right - width, top - height],
    [left, bottom],
    [right - width, bottom],
    [left - width, top],
    [right, top],
    [left - width, Math.round((top + bottom - height) / 2)],
    [right, Math.round((top + bottom - height) / 2)],
  ] as const;
  return corners.map(([x, y]) => {
    const inX = Math.max(0, Math.min(x, picture.width - width));
    const inY = Math.max(0, Math.min(y, picture.height - height));
    return { left: inX, top: inY, right: inX + width, bottom: inY + height };
  });
}

/** How much of a place is over any of these, in shares of the place, summed up. */
function share(place: Bounds, others: readonly Bounds[]): number {
  let sum = 0;
  for (const other of others) if (overlap(place, other)) sum += area(intersection(place, other));
  return sum / area(place);
}

function outside(place: Bounds, box: Bounds): number {
  return 1 - area(intersection(place, box)) / area(place);
}
