import { describe, expect, test } from "@jest/globals";
import * as ui from "../../../src/sim/ui/index.ts";
import { bench } from "./fake-host.ts";
import { parseDump } from "./parse-dump.ts";

describe("a phone that is turned", () => {
  test.each([
    ["1", 2400, 1080, [2274, 0, 2400, 1080]],
    ["2", 1080, 2400, [0, 2274, 1080, 2400]],
    ["3", 2400, 1080, [0, 0, 126, 1080]],
  ] as const)("by %s quarters is laid out, drawn and dumped so", async (turns, width, height, bar) => {
    const device = bench(() =>
      ui.column([ui.text("Hello"), ui.spacer(), ui.button("Low", () => {})], { style: { grow: 1 } }),
    );
    device.settings.put("system", "user_rotation", turns);
    const { windows } = device;
    expect([windows.width, windows.height, windows.rotation]).toEqual([width, height, Number(turns)]);
    expect(windows.pixels()).toHaveLength(width * height * 4);
    const png = await windows.png();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
    const xml = windows.dump();
    expect(xml).toContain(`<hierarchy rotation="${turns}">`);
    const background = parseDump(xml).find(({ attributes }) =>
      attributes["resource-id"]?.endsWith("navigationBarBackground"),
    );
    const [left, top, right, bottom] = bar;
    expect(background?.bounds).toEqual({ left, top, right, bottom });
  });

  test("takes touches where things are now, and turns back when the sensor is free", () => {
    const tapped: string[] = [];
    const device = bench(() =>
      ui.row([ui.spacer(), ui.button("Right", () => tapped.push("right"))], { style: { grow: 1 } }),
    );
    device.settings.put("system", "user_rotation", "1");
    const button = parseDump(device.windows.dump()).find(({ text }) => text === "Right")!;
    expect(button.bounds.left).toBeGreaterThan(1080);
    device.windows.tap(button.bounds.left + 5, button.bounds.top + 5);
    expect(tapped).toEqual(["right"]);
    // The Back button lies at the bottom of the bar on the right.
    device.windows.tap(2337, 1080 - 216);
    expect(device.calls).toEqual(["back"]);
    device.settings.put("system", "accelerometer_rotation", "1");
    expect([device.windows.width, device.windows.rotation]).toEqual([1080, 0]);
  });

  test("lays out the size that is forced", () => {
    const device = bench(() => ui.text("Hello"));
    device.settings.put("global", "display_size_forced", "720,1280");
    expect(parseDump(device.windows.dump())[0]?.bounds).toEqual({
      left: 0,
      top: 0,
      right: 720,
      bottom: 1280,
    });
    expect(device.windows.pixels()).toHaveLength(720 * 1280 * 4);
  });
});
