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

test("tells lines apart by buffer, process, words and time", async () => {
  const { log, clock } = device.phone;
  const printed = async (options: string): Promise<string[]> => {
    const { out } = await sh(device, `logcat -d -v raw ${options}`);
    return out.trimEnd().split("\n").slice(1);
  };
  await sh(device, "logcat -c");
  log.add("E", "AndroidRuntime", "FATAL EXCEPTION: main", 9000);
  log.add("I", "mine", "early", 9000);
  clock.advance(60_000);
  const minute = new Date(clock.now()).toISOString().slice(5, 19).replace("T", " ");
  log.add("I", "ActivityManager", "late");
  expect(await printed("-b crash")).toEqual(["FATAL EXCEPTION: main"]);
  expect(await printed("-b main,system")).toEqual(["early", "late"]);
  expect(await printed("-b all")).toHaveLength(3);
  expect(await printed("--pid=9000 --regex=ear")).toEqual(["early"]);
  expect(await printed(`-t '${minute}.000'`)).toEqual(["late"]);
  expect(await printed("-t 0")).toEqual([]);
  expect(await sh(device, "logcat --nope")).toMatchObject({ code: 1 });
});
