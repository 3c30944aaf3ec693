import { describe, expect, test } from "@jest/globals";
import { breachesIn, ROOMS } from "../../tools/lint-rooms.ts";

describe("rooms", () => {
  test.each([
    ["down through a door", "device/adb/x.ts", `import { a } from "../../screen/index.ts";`, null],
    ["inside the room", "device/adb/x.ts", `import { a } from "../device.ts";`, null],
    ["a shared file", "device/x.ts", `import { a } from "../errors.ts";`, null],
    ["a package", "device/x.ts", `import sharp from "sharp";`, null],
    ["upward", "screen/x.ts", `import type { D } from "../device/index.ts";`, "screen/ may not know device/"],
    ["past a door", "device/x.ts", `export { a } from "../screen/tree.ts";`, "past the door of screen/"],
    [
      "an import at run time",
      "store/x.ts",
      `const r = await import("../run/index.ts");`,
      "store/ may not know run/",
    ],
    [
      "many lines",
      "screen/x.ts",
      `import {\n  a,\n  b,\n} from "../cli/index.ts";`,
      "screen/ may not know cli/",
    ],
    ["into the simulator", "run/x.ts", `import { s } from "../sim/index.ts";`, "run/ may not know sim/"],
    [
      "out of the simulator",
      "sim/x.ts",
      `import { s } from "../device/index.ts";`,
      "sim/ may not know device/",
    ],
    [
      "a shared file that knows a room",
      "errors.ts",
      `import { s } from "./device/index.ts";`,
      "shared files know no room",
    ],
  ])("%s", (_name, file, text, breach) => {
    const found = breachesIn(file, text);
    if (breach === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(breach)]);
  });

  test("the order has no cycle: each room knows only rooms listed before it", () => {
    const order = Object.keys(ROOMS);
    for (const [room, known] of Object.entries(ROOMS)) {
      for (const other of known) expect(order.indexOf(other)).toBeLessThan(order.indexOf(room));
    }
  });
});
