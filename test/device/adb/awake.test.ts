import { expect, test } from "@jest/globals";
import { lightScreen } from "../../../src/device/adb/awake.ts";
import { fakeTransport } from "./support.ts";

test.each([
  ["Awake", false],
  ["Asleep", true],
  ["Dozing", true],
  ["Dreaming", true],
])("a screen that is %s: it was dark is %s", async (wakefulness, dark) => {
  const { transport, commands } = fakeTransport([
    [/^dumpsys 'power'$/, `  mWakefulness=${wakefulness}\n  mWakefulnessChanging=false\n`],
    [/^input 'keyevent' '224'$/, ""],
    [/^wm 'dismiss-keyguard'$/, { stderr: "there is no lock", exitCode: 255 }],
  ]);
  expect(await lightScreen(transport, 1000)).toBe(dark);
  expect(commands).toHaveLength(dark ? 3 : 1);
});

test("whether it is lit is asked again where the connection breaks, as all that only looks", async () => {
  const { transport } = fakeTransport([[/^dumpsys 'power'$/, "  mWakefulness=Awake\n"]]);
  const repeated: (boolean | undefined)[] = [];
  await lightScreen(
    {
      ...transport,
      run: (command, options) => (repeated.push(options.repeatable), transport.run(command, options)),
    },
    1000,
  );
  expect(repeated).toEqual([true]);
});
