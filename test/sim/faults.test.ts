import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { createFaults } from "../../src/sim/faults.ts";
import { withFaults } from "../../src/sim/ui/faulty.ts";
import * as ui from "../../src/sim/ui/index.ts";
import { bench } from "./ui/fake-host.ts";

describe("faults", () => {
  test("strike as often as they are set to, or until they are cleared", () => {
    const faults = createFaults();
    faults.set("hang", { times: 2 });
    faults.set("black-frame");
    expect([1, 2, 3].map(() => faults.strike("hang") !== undefined)).toEqual([true, true, false]);
    expect(faults.list()).toEqual([{ name: "black-frame" }]);
    expect(faults.strike("black-frame")).toEqual({});
    faults.clear("black-frame");
    expect(faults.strike("black-frame")).toBeUndefined();
  });

  test("tell their watchers of every change", () => {
    const faults = createFaults();
    const seen: boolean[] = [];
    const unwatch = faults.watch(() => seen.push(faults.active("offline")));
    faults.set("offline");
    faults.clear();
    unwatch();
    faults.set("offline");
    expect(seen).toEqual([true, false]);
  });
});

describe("a screen under faults", () => {
  function faulty() {
    let shown = "first";
    const faults = createFaults();
    const device = bench(() => ui.button(shown, () => (shown = "second"), { style: { grow: 1 } }));
    const windows = withFaults(device.windows, faults);
    return { ...device, windows, faults };
  }

  test("shows the tree that was read before, and then the right one", () => {
    const { windows, faults } = faulty();
    const first = windows.dump();
    faults.set("stale-tree", { times: 2 });
    windows.tap(500, 1000);
    expect(windows.dump()).toBe(first);
    expect(JSON.stringify(windows.accessibilityWindows())).toContain("first");
    expect(windows.dump()).toContain("second");
  });

  test("has black pictures, and never rests", async () => {
    const { windows, faults } = faulty();
    const picture = await windows.png();
    faults.set("black-frame", { times: 2 });
    expect(new Set(windows.pixels())).toEqual(new Set([0, 255]));
    const { channels } = await sharp(await windows.png()).stats();
    expect(channels.map(({ max }) => max)).toEqual([0, 0, 0, 255]);
    expect((await windows.png()).equals(picture)).toBe(true);
    expect(windows.idle).toBe(true);
    faults.set("never-idle");
    expect(windows.idle).toBe(false);
  });

  test("asks about an app that takes no touch; the touch is lost", () => {
    const { windows, faults, clock, calls } = faulty();
    const before = clock.now();
    faults.set("anr", { times: 1 });
    windows.tap(500, 1000);
    expect(clock.now() - before).toBe(5000);
    const dialog = windows.accessibilityWindows().find(({ active }) => active)!;
    expect(dialog).toMatchObject({
      type: "system",
      package: "android",
      title: "Application Not Responding: com.example.app",
    });
    expect(windows.windows()[0]).toEqual({ kind: "system", title: dialog.title, secure: false });
    windows.key(4);
    windows.tap(10, 1000);
    const answer = (label: string): void => {
      const [, left, top] = new RegExp(`text="${label}"[^>]*bounds="\\[(\\d+),(\\d+)`).exec(windows.dump())!;
      windows.tap(Number(left) + 5, Number(top) + 5);
    };
    answer("Wait");
    expect(windows.dump()).toContain('text="first"');
    faults.set("anr", { times: 1 });
    windows.tap(500, 1000);
    answer("Close app");
    expect(calls).toEqual(["anr com.example.app", "anr com.example.app", "stop com.example.app"]);
  });
});
