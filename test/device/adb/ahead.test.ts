import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { DumpAhead } from "../../../src/device/adb/ahead.ts";
import type { Dump } from "../../../src/device/adb/dump.ts";
import { EarlyPictures } from "../../../src/device/adb/early-pictures.ts";
import type { Picture } from "../../../src/device/look/picture.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const after = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms));
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe("a dump that was begun together with a touch", () => {
  const dump = { tree: "<hierarchy/>" } as Dump;

  test("is taken where it ends long enough after the touch", async () => {
    const ahead = new DumpAhead(after(1500, dump));
    await pass(200);
    ahead.touched();
    const taken = ahead.take();
    await pass(1300);
    expect(await taken).toBe(dump);
  });

  test("is not taken where the app had no time to react before it ended", async () => {
    const ahead = new DumpAhead(after(600, dump));
    await pass(200);
    ahead.touched();
    const taken = ahead.take();
    await pass(400);
    expect(await taken).toBeUndefined();
  });

  test("is not taken where it had ended before anybody asked", async () => {
    const ahead = new DumpAhead(after(1500, dump));
    ahead.touched();
    await pass(1500);
    expect(await ahead.take()).toBeUndefined();
  });

  test("is waited for, but not taken, where the touch failed", async () => {
    const ahead = new DumpAhead(after(1500, dump));
    let settled = false;
    const taken = ahead.take().finally(() => (settled = true));
    await pass(1499);
    expect(settled).toBe(false);
    await pass(1);
    expect(await taken).toBeUndefined();
  });

  test("is taken without a tree too: a screen that never rests would take as long again", async () => {
    const restless = { ...dump, tree: new Error("could not get idle state") };
    const ahead = new DumpAhead(after(20_000, restless));
    ahead.touched();
    const taken = ahead.take();
    await pass(20_000);
    expect(await taken).toBe(restless);
  });

  test("is not taken where something else was done just before its end", async () => {
    const ahead = new DumpAhead(after(1500, dump));
    ahead.touched();
    await pass(1100);
    ahead.touched();
    const taken = ahead.take();
    await pass(400);
    expect(await taken).toBeUndefined();
  });

  test("is made anew where the device is gone", async () => {
    const ahead = new DumpAhead(after(1000, undefined).then(() => Promise.reject(new Error("gone"))));
    ahead.touched();
    const taken = ahead.take();
    await pass(1000);
    expect(await taken).toBeUndefined();
  });
});

describe("pictures during a dump", () => {
  /** Pictures that take 300 ms each, named by when they were begun. */
  function pictures() {
    const start = performance.now();
    return new EarlyPictures(() => after(300, { way: `${performance.now() - start}` } as unknown as Picture));
  }

  test("a finished one that is young enough is given at once", async () => {
    const early = pictures();
    early.begin(500);
    await pass(1400);
    early.stop();
    // One was begun at 500 ms; the next, at 1200 ms, is still under way.
    expect(await early.since(performance.now() - 1000)).toEqual({ way: "500" });
  });

  test("one under way is waited for where the finished one is too old", async () => {
    const early = pictures();
    early.begin(0);
    await pass(1001);
    early.stop();
    const given = early.since(1);
    await pass(300);
    expect(await given).toEqual({ way: "700" });
  });

  test("none is begun after the end, and none is given that is too old", async () => {
    const early = pictures();
    early.begin(100);
    early.stop();
    await pass(1000);
    expect(await early.since(0)).toBeUndefined();
  });

  test("one that fails because the device is gone is told to whoever asks for it", async () => {
    const early = new EarlyPictures(() => Promise.reject(new Error("gone")));
    early.begin(0);
    await pass(1);
    await expect(early.since(0)).rejects.toThrow("gone");
  });
});
