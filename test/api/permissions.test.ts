import { expect, test } from "@jest/globals";
import { allowed, loadApis, offered } from "../../src/api/index.ts";

const apis = await loadApis("emulators/apis");
const names = (some: readonly { name: string }[]) => some.map(({ name }) => name);

test("only what the user allows is there", () => {
  expect(allowed(apis, [])).toEqual([]);
  expect(names(allowed(apis, ["alarms.write", "web.open"]))).toEqual([
    "clock.set-alarm",
    "clock.set-timer",
    "web.open",
  ]);
  expect(allowed(apis, ["all"])).toEqual(apis);
});

test("a permission that nothing needs is a mistake of the user's, and the message lists those there are", () => {
  expect(() => allowed(apis, ["all", "alarm.write"])).toThrow(
    expect.objectContaining({
      code: "API_PERMISSION_UNKNOWN",
      class: "config",
      message: expect.stringMatching(/"alarm\.write"\. There are alarms\.write, .*web\.open, all\./u),
    }),
  );
});

test("an agent is told of what its device can take, not of how it is written", () => {
  const clock = [{ package: "com.android.deskclock" }];
  const told = offered(allowed(apis, ["alarms.write", "sms.compose", "settings.write"]), clock);
  expect(names(told)).toContain("clock.set-alarm");
  expect(names(told)).toContain("settings.set-wifi");
  expect(names(told)).not.toContain("sms.compose");
  const wifi = told.find(({ name }) => name === "settings.set-wifi")!;
  expect(wifi).toEqual({
    name: "settings.set-wifi",
    description: "Switch Wi-Fi on or off",
    params: [
      { name: "state", type: "string", description: "on or off", optional: false, choices: ["on", "off"] },
    ],
  });
});
