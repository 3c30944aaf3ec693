import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CoverIndex } from "../../src/screen/cover-index.ts";
import { isEmpty, overlap } from "../../src/screen/rect.ts";
import type { Bounds } from "../../src/screen/index.ts";

const side = fc.integer({ min: 0, max: 300 });
const bounds = fc
  .tuple(side, side, side, side)
  .map(([left, top, right, bottom]): Bounds => ({ left, top, right, bottom }));

test("finds what a look at each cover would find, in the order of their adding", () => {
  fc.assert(
    fc.property(fc.array(bounds), fc.array(bounds), bounds, fc.nat(60), (higher, own, place, count) => {
      const index = new CoverIndex(higher.map((each) => ({ bounds: each })));
      for (const each of own) index.add({ bounds: each });
      const all = [...higher, ...own];
      expect(index.count).toBe(all.length);
      expect(index.after(higher.length).map((cover) => cover.bounds)).toEqual(own);
      const meant = all.slice(0, count).filter((each) => !isEmpty(each) && overlap(each, place));
      expect(index.overlapping(place, count).map((cover) => cover.bounds)).toEqual(
        isEmpty(place) ? [] : meant,
      );
    }),
  );
});
