import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { encodeBanner, parseBanner } from "../../../../src/sim/adb/protocol/banner.ts";

describe("banner", () => {
  test("is what real adb sends and reads", () => {
    const banner = {
      type: "device",
      properties: { "ro.product.name": "sdk", "ro.product.model": "Pixel 6" },
      features: ["shell_v2", "cmd"],
    };
    const text = "device::ro.product.name=sdk;ro.product.model=Pixel 6;features=shell_v2,cmd";
    expect(encodeBanner(banner)).toBe(text);
    expect(parseBanner(text)).toEqual(banner);
  });

  test("takes anything", () => {
    expect(parseBanner("host::\0")).toEqual({ type: "host", properties: {}, features: [] });
    expect(parseBanner("device:serial:a=1=2;junk;=x;features=")).toEqual({
      type: "device",
      properties: { a: "1=2" },
      features: [],
    });
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseBanner(text).features)));
  });
});
