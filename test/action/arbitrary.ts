import fc from "fast-check";
import type { Action, CodecScreen, Target } from "../../src/action/index.ts";

/** Screens as codecs see them: up to 3000 pixels a side, at most one field with the focus. */
export const anyScreen: fc.Arbitrary<CodecScreen> = fc
  .record({
    width: fc.integer({ min: 200, max: 3000 }),
    height: fc.integer({ min: 200, max: 3000 }),
    boxes: fc.array(fc.tuple(share(), share(), share(), share(), fc.boolean(), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    }),
    focus: fc.option(fc.nat(5), { nil: undefined }),
  })
  .map(({ width, height, boxes, focus }) => ({
    width,
    height,
    elements: boxes.map(([x1, y1, x2, y2, scrollable, covered], index) => {
      const left = Math.floor(Math.min(x1, x2) * width);
      const top = Math.floor(Math.min(y1, y2) * height);
      const right = Math.max(Math.ceil(Math.max(x1, x2) * width), left + 1);
      const bottom = Math.max(Math.ceil(Math.max(y1, y2) * height), top + 1);
      const reach = { left, top, right, bottom: top + Math.max(1, Math.floor((bottom - top) / 2)) };
      return {
        index,
        bounds: { left, top, right, bottom },
        scrollable,
        focused: index === focus,
        ...(covered && { reach }),
      };
    }),
  }));

function share(): fc.Arbitrary<number> {
  return fc.double({ min: 0, max: 0.999, noNaN: true });
}

function targetOn(screen: CodecScreen): fc.Arbitrary<Target> {
  return fc.oneof(
    fc.record({
      kind: fc.constant("element" as const),
      index: fc.nat({ max: screen.elements.length - 1 }),
    }),
    fc.record({
      kind: fc.constant("point" as const),
      x: fc.nat({ max: screen.width - 1 }),
      y: fc.nat({ max: screen.height - 1 }),
    }),
  );
}

export const anyText = fc.string({ unit: "binary" });
const name = fc.stringMatching(/^\S(.*\S)?$/);
const value = fc.oneof(
  anyText,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
);
const direction = fc.constantFrom("up" as const, "down" as const, "left" as const, "right" as const);

/** Actions of every type whose targets are on the screen. */
export function anyActionOn(screen: CodecScreen): fc.Arbitrary<Action> {
  const target = targetOn(screen);
  return fc.oneof(
    fc.record({
      type: fc.constantFrom("tap" as const, "doubleTap" as const, "longPress" as const),
      target,
    }),
    fc.record(
      { type: fc.constant("inputText" as const), text: anyText, target },
      { requiredKeys: ["type", "text"] },
    ),
    fc.record({
      type: fc.constant("press" as const),
      key: fc.constantFrom("enter" as const, "home" as const, "back" as const, "recents" as const),
    }),
    fc.record(
      { type: fc.constantFrom("scroll" as const, "swipe" as const), direction, target },
      { requiredKeys: ["type", "direction"] },
    ),
    fc.record({ type: fc.constant("swipe" as const), direction, target, to: target }),
    fc.record({ type: fc.constant("openApp" as const), app: name }),
    fc.record({ type: fc.constant("wait" as const), ms: fc.nat(600_000) }),
    fc.record({ type: fc.constant("quote" as const), content: anyText }),
    fc.record({ type: fc.constant("answer" as const), text: anyText }),
    fc.record({
      type: fc.constant("finish" as const),
      status: fc.constantFrom("complete" as const, "infeasible" as const),
      message: anyText,
    }),
    fc.record({
      type: fc.constant("callApi" as const),
      name,
      args: fc.dictionary(anyText, value, { noNullPrototype: true }),
    }),
  );
}
