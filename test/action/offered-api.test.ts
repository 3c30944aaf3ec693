import { describe, expect, test } from "@jest/globals";
import { type ApiArguments, misfit, type OfferedApi } from "../../src/action/index.ts";

const api: OfferedApi = {
  name: "clock.set-alarm",
  description: "Set an alarm",
  params: [
    { name: "hour", type: "number", description: "Hour", optional: false, min: 0, max: 23 },
    { name: "days", type: "number", description: "Days", optional: true, whole: true },
    { name: "label", type: "string", description: "Its name", optional: true },
    { name: "vibrate", type: "boolean", description: "Whether it vibrates", optional: true },
    { name: "sound", type: "string", description: "Sound", optional: true, choices: ["none", "default"] },
  ],
};

describe("arguments of an app interface", () => {
  test.each<[ApiArguments]>([
    [{ hour: 0 }],
    [{ hour: 23, label: "", vibrate: false, sound: "none" }],
    [{ hour: 7, label: "--es $(reboot) '; DROP TABLE" }],
  ])("%j fit", (args) => {
    expect(misfit(api, args)).toBeUndefined();
  });

  test.each<[string, ApiArguments, string]>([
    ["one that is missing", {}, "the argument hour is missing (Hour)"],
    [
      "one too many",
      { hour: 7, repeat: true },
      'has no argument "repeat"; it takes hour, days, label, vibrate, sound',
    ],
    ["one of an object's own", { hour: 7, toString: "x" }, 'has no argument "toString"'],
    ["another type", { hour: "7" }, 'hour is a number, not "7"'],
    ["a number too large", { hour: 24 }, "hour is from 0 to 23, not 24"],
    ["no number at all", { hour: Number.NaN }, "hour is from 0 to 23"],
    ["half a day", { hour: 7, days: 0.5 }, "days is a whole number, not 0.5"],
    ["no choice", { hour: 7, sound: "bell" }, 'sound is one of none, default, not "bell"'],
    ["a NUL", { hour: 7, label: "a\0b" }, "holds a character that no text may hold"],
    ["half a character", { hour: 7, label: "\uD83D" }, "holds a character that no text may hold"],
    ["a text without end", { hour: 7, label: "a".repeat(4001) }, "longer than 4000 characters"],
  ])("%s does not fit", (_what, args, reason) => {
    expect(misfit(api, args)).toContain(reason);
  });

  test("what objects inherit is not given", () => {
    const odd = { ...api, params: [{ ...api.params[1]!, name: "constructor", optional: false }] };
    expect(misfit(odd, {})).toContain("the argument constructor is missing");
  });
});
