import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { fakeDevice, sh } from "../harness.ts";

let device: SimulatedDevice;
beforeEach(() => {
  device = fakeDevice();
});
afterEach(() => device.close());

test("follows the log until its client has gone", async () => {
  const client = new AbortController();
  let printed = "";
  let arrived: () => void = () => {};
  const ended = device.run("logcat -v threadtime -s mine", {
    // oxlint-disable-next-line require-yield, typescript/require-await -- nobody types
    stdin: (async function* () {})(),
    stdout(chunk) {
      printed += Buffer.from(chunk).toString();
      arrived();
    },
    stderr: () => {},
    signal: client.signal,
  });
  const until = async (text: string): Promise<void> => {
    while (!printed.includes(text)) await new Promise<void>((resolve) => (arrived = resolve));
  };
  await until("beginning of main");
  await sh(device, "log -t mine one; log -t other two; log -t mine three");
  await until("mine    : three");
  expect(printed).toMatch(/I mine {4}: one\n.*I mine {4}: three\n$/u);
  client.abort();
  await ended;
  await sh(device, "log -t mine four");
  expect(printed).not.toContain("four");
});

test("prints what there is, and ends, with -d, with -t, and where its output goes elsewhere", async () => {
  await sh(device, "log -t mine one; log -t mine two");
  expect((await sh(device, "logcat -d -s mine")).out).toContain("one");
  expect((await sh(device, "logcat -t 1 -s mine")).out).not.toContain("one");
  expect((await sh(device, "logcat -s mine | grep -c mine")).out).toBe("2\n");
  expect((await sh(device, "logcat -s mine > /sdcard/log; wc -l < /sdcard/log")).out.trim()).toBe("3");
});
