import { isEmpty, overlap } from "./rect.ts";
import type { Bounds } from "./screen.ts";
import type { Shown } from "./shown.ts";

/** Something drawn above others that hides them. */
export interface Cover {
  bounds: Bounds;
  /** The row or card that it is part of; absent for what covers whatever lies below its window. */
  row?: Shown;
}

/** Height in pixels of a stripe of the screen: that of a line of text or less, so that few things lie in many. */
const stripeHeight = 32;

/**
 * Covers in the order in which they were added, found by where they are: a web page has thousands, and few of them lie
 * at the height of any one thing.
 */
export class CoverIndex {
  readonly #all: Cover[] = [];
  /** By stripe, from the top: the places in that order of what reaches into it. */
  readonly #stripes: number[][] = [];

  constructor(covers: readonly Cover[]) {
    for (const cover of covers) this.add(cover);
  }

  get count(): number {
    return this.#all.length;
  }

  add(cover: Cover): void {
    for (const stripe of stripesOf(cover.bounds)) (this.#stripes[stripe] ??= []).push(this.#all.length);
    this.#all.push(cover);
  }

  /** All but the first `count`. */
  after(count: number): Cover[] {
    return this.#all.slice(count);
  }

  /** Those among the first `count` that overlap `bounds`, in order. */
  overlapping(bounds: Bounds, count: number): Cover[] {
    const places = new Set<number>();
    for (const stripe of stripesOf(bounds)) {
      for (const place of this.#stripes[stripe] ?? []) {
        if (place >= count) break;
        if (overlap(this.#all[place]!.bounds, bounds)) places.add(place);
      }
    }
    return [...places].sort((a, b) => a - b).map((place) => this.#all[place]!);
  }
}

function* stripesOf(bounds: Bounds): Generator<number> {
  if (isEmpty(bounds)) return;
  const last = Math.floor((bounds.bottom - 1) / stripeHeight);
  for (let stripe = Math.floor(bounds.top / stripeHeight); stripe <= last; stripe++) yield stripe;
}
