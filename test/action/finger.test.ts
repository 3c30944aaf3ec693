import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { locate, strokeOf } from "../../src/action/index.ts";
import { buildScreen, type Screen } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "../screen/support.ts";

const screen = (...roots: NodeSpec[]): Screen =>
  buildScreen({
    width: 1000,
    height: 2000,
    package: "app",
    activity: ".Main",
    treeSource: "uiautomator",
    xml: treeXml(...roots),
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  });
const element = (index: number): { kind: "element"; index: number } => ({ kind: "element", index });

describe("a place", () => {
  test("is the middle of what can be seen of an element", () => {
    expect(locate(element(0), screen({ text: "a", bounds: [900, 100, 1100, 200] }))).toEqual({
      ok: true,
      at: { x: 950, y: 150 },
    });
  });

  test("is where nothing covers the element", () => {
    const list: NodeSpec = { text: "list", scrollable: true, bounds: [0, 0, 1000, 2000] };
    const keys: NodeSpec = {
      package: "com.android.inputmethod.latin",
      bounds: [0, 1200, 1000, 2000],
      children: [{ package: "com.android.inputmethod.latin", text: "q", bounds: [0, 1200, 1000, 2000] }],
    };
    const typing = screen(keys, list);
    expect(locate(element(0), typing)).toEqual({ ok: true, at: { x: 500, y: 600 } });
    const stroke = strokeOf({ type: "scroll", direction: "down" }, typing);
    expect(stroke).toMatchObject({ ok: true, at: { from: { x: 500, y: 980 } } });
  });

  test("is refused for an element that is not there and for a point outside", () => {
    expect(locate(element(3), screen({ text: "a" }))).toEqual({
      ok: false,
      reason: "there is no element 3 on this screen; they go from 0 to 0",
    });
    expect(locate({ kind: "point", x: 1000, y: 5 }, screen())).toMatchObject({ ok: false });
    expect(locate({ kind: "point", x: 999.5, y: 5 }, screen())).toEqual({ ok: true, at: { x: 999, y: 5 } });
  });
});

describe("a scroll", () => {
  test("down moves the finger up, within the largest thing that scrolls", () => {
    const list = { scrollable: true, bounds: [100, 500, 900, 1500] as [number, number, number, number] };
    const small = { scrollable: true, bounds: [0, 0, 50, 50] as [number, number, number, number] };
    expect(strokeOf({ type: "scroll", direction: "down" }, screen(small, list))).toEqual({
      ok: true,
      at: { from: { x: 500, y: 1300 }, to: { x: 500, y: 700 } },
    });
  });
});

describe("a swipe", () => {
  test("to a place ends there", () => {
    const card = screen({ text: "a", bounds: [100, 300, 300, 500] });
    const swipe = { type: "swipe", direction: "right", to: { kind: "point", x: 830, y: 410 } } as const;
    expect(strokeOf({ ...swipe, target: element(0) }, card)).toEqual({
      ok: true,
      at: { from: { x: 200, y: 400 }, to: { x: 830, y: 410 } },
    });
    expect(strokeOf(swipe, card)).toMatchObject({ ok: false });
    expect(strokeOf({ ...swipe, target: element(0), to: element(4) }, card)).toMatchObject({ ok: false });
  });

  test("over a slider ends at its end", () => {
    const slider = {
      class: "android.widget.SeekBar",
      "content-desc": "b",
      bounds: [100, 300, 900, 340] as [number, number, number, number],
    };
    expect(strokeOf({ type: "swipe", direction: "right", target: element(0) }, screen(slider))).toEqual({
      ok: true,
      at: { from: { x: 500, y: 320 }, to: { x: 900, y: 320 } },
    });
  });
});

test("every stroke goes its way, begins away from the system's edges and stays on the screen", () => {
  const bounds = fc
    .tuple(fc.nat(999), fc.nat(1999), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 2000 }))
    .map(([left, top, width, height]): [number, number, number, number] => [
      left,
      top,
      left + width,
      top + height,
    ]);
  const direction = fc.constantFrom("up" as const, "down" as const, "left" as const, "right" as const);
  const signs = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };
  fc.assert(
    fc.property(bounds, direction, fc.boolean(), fc.boolean(), (box, towards, scrolls, targeted) => {
      const seen = screen({ text: "a", scrollable: scrolls, bounds: box });
      const target = targeted ? element(0) : undefined;
      for (const [type, sign] of [
        ["scroll", -1],
        ["swipe", 1],
      ] as const) {
        const stroke = strokeOf({ type, direction: towards, ...(target && { target }) }, seen);
        if (!stroke.ok) throw new Error(stroke.reason);
        const { from, to } = stroke.at;
        const [x, y] = signs[towards];
        expect(Math.sign(to.x - from.x)).toBe(sign * x! + 0);
        expect(Math.sign(to.y - from.y)).toBe(sign * y! + 0);
        expect(from.x >= 60 && from.x < 940 && from.y >= 90 && from.y < 1910).toBe(true);
        expect(to.x >= 0 && to.x < 1000 && to.y >= 0 && to.y < 2000).toBe(true);
      }
    }),
  );
});
