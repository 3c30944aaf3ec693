import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isAbout, standsIn, wrongWith } from "../../src/critic/strict/words.ts";

const screen = [
  "App in front: com.google.android.deskclock, activity .Main",
  '[0] TextView "Alarm"',
  '[4] Switch "7:30 AM Alarm\\nEvery day" id=onoff clickable checked=on',
  '[5] Switch "8:15 AM Alarm" id=onoff clickable checked=off',
].join("\n");

describe("words on a screen", () => {
  test.each([
    ['[4] Switch "7:30 AM Alarm\\nEvery day" id=onoff clickable checked=on'],
    ['Switch "7:30 AM Alarm" checked=on'],
    ["7:30 am"],
    ["EVERY DAY"],
    ["App in front: com.google.android.deskclock"],
  ])("are found as judges copy them: %s", (quote) => expect(standsIn(quote, screen)).toBe(true));

  test.each([
    ["7:31 AM"],
    ["8:15 AM Alarm checked=on"],
    // Of two lines.
    ["7:30 AM 8:15 AM"],
    ["on checked"],
    [""],
    ['"…"'],
  ])("are not found where one line does not hold them: %s", (quote) =>
    expect(standsIn(quote, screen)).toBe(false),
  );

  test("are found in any line that is copied whole, and never where there are none", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (lines, quote) => {
        const one = quote.replaceAll("\n", " ");
        expect(standsIn(one, [...lines, one].join("\n"))).toBe(/[\p{L}\p{N}]/u.test(one.normalize("NFKC")));
        expect(standsIn(quote, "")).toBe(false);
      }),
    );
  });
});

describe("a proof", () => {
  const before = ['[1] TextView "6:00 AM Alarm"'];
  test("holds where its words stand and what is gone stood there before", () => {
    expect(wrongWith({ shows: ["8:15 AM"], gone: ["6:00 AM"] }, screen, before)).toBeUndefined();
  });

  test.each([
    [{ shows: ["9:00 AM"], gone: [] }, 'the screen does not show "9:00 AM"'],
    [{ shows: [], gone: ["8:15 AM"] }, 'the screen still shows "8:15 AM"'],
    [{ shows: [], gone: ["5:00 AM"] }, 'no screen before showed "5:00 AM"'],
    [{ shows: [], gone: [] }, "nothing on the screen was named that shows it"],
  ])("does not hold otherwise: %j", (proof, why) => expect(wrongWith(proof, screen, before)).toBe(why));

  test.each([
    ["An alarm for 7:30 AM is on", ['Switch "7:30 AM Alarm" checked=on'], true],
    ["The 6:00 AM alarm was deleted", [], true],
    // Another alarm, another state, another thing, nothing.
    ["An alarm for 7:30 AM is on", ['Switch "8:15 AM Alarm" checked=on'], false],
    ["The alarm 4 is on", ['[4] Switch "7:30 AM Alarm" checked=on'], false],
    ["The alarm is off", ['Switch "7:30 AM Alarm" checked=on'], false],
    ["The note is saved", ['TextView "Alarm"'], false],
    ["The page is open", ['TextView "Open page"'], false],
  ])("of %s by %j: %s", (condition, shows, about) => {
    expect(isAbout({ shows, gone: shows.length === 0 ? ["6:00 AM Alarm"] : [] }, condition)).toBe(about);
  });
});
