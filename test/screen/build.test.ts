import { describe, expect, test } from "@jest/globals";
import { buildScreen, type Screen, screenImage } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

const png = Buffer.from("\x89PNG\r\n\x1A\nrest", "latin1");
const parts = {
  width: 1000,
  height: 2000,
  package: "app",
  activity: ".Main",
  secure: false,
  keyboardShown: false,
  capturedAt: 1,
};
const screen = (...roots: NodeSpec[]): Screen =>
  buildScreen({ ...parts, treeSource: "uiautomator", xml: treeXml(...roots) });

describe("the fingerprint", () => {
  const clock = (time: string): NodeSpec => ({
    package: "com.android.launcher3",
    "resource-id": "x:id/clock",
    text: time,
  });

  test("does not see clock and battery", () => {
    expect(screen(clock("12:00"), { text: "a" }).fingerprint).toBe(
      screen(clock("12:01"), { text: "a" }).fingerprint,
    );
  });

  test("does not see a lock screen's clock without a name", () => {
    const lockScreen = (time: string): NodeSpec => ({ package: "com.android.systemui", text: time });
    expect(screen(lockScreen("9:59 AM")).fingerprint).toBe(screen(lockScreen("10:00 AM")).fingerprint);
    expect(screen(lockScreen("Locked")).fingerprint).not.toBe(screen(lockScreen("10:00 AM")).fingerprint);
  });

  test.each<[string, NodeSpec]>([
    ["text", { text: "b" }],
    ["state", { text: "a", checked: true }],
    ["place", { text: "a", bounds: [0, 1, 100, 101] }],
    ["focus", { text: "a", focused: true }],
    ["time in the Clock app", { text: "a", "resource-id": "com.google.android.deskclock:id/clock" }],
  ])("sees a change of %s", (_, node) => {
    expect(screen(node).fingerprint).not.toBe(screen({ text: "a" }).fingerprint);
  });

  test("sees a change of activity", () => {
    const other = buildScreen({
      ...parts,
      activity: ".Other",
      treeSource: "uiautomator",
      xml: treeXml({ text: "a" }),
    });
    expect(other.fingerprint).not.toBe(screen({ text: "a" }).fingerprint);
  });

  test("follows the picture where there is no tree", () => {
    const without = (bytes: Buffer): Screen =>
      buildScreen({ ...parts, treeSource: "none", xml: "", image: screenImage(bytes) });
    expect(without(png)).toMatchObject({ elements: [], rotation: 0 });
    expect(without(png).fingerprint).toBe(without(Buffer.from(png)).fingerprint);
    expect(without(png).fingerprint).not.toBe(without(Buffer.concat([png, png])).fingerprint);
  });
});

describe("a picture", () => {
  test.each([
    ["image/png", png],
    ["image/jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ["image/webp", Buffer.from("RIFF....WEBPVP8 ", "latin1")],
  ])("is known as %s by its first bytes", (mediaType, bytes) => {
    expect(screenImage(bytes)).toMatchObject({ mediaType, bytes });
  });

  test.each([
    ["an empty file", Buffer.alloc(0)],
    ["8 bytes", Buffer.from("<html />")],
  ])("is not %s", (what, bytes) => {
    expect(() => screenImage(bytes)).toThrow(what);
  });
});
