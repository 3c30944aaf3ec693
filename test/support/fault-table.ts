import { afterAll, beforeAll, expect, test } from "@jest/globals";
import PQueue from "p-queue";
import type { AdbTimeouts, Device } from "../../src/device/index.ts";
import { type RunningSim, startSim } from "./cli.ts";
import { type FaultyResult, type FaultyRun, runWithFault } from "./faulty-run.ts";
import { newFolder, removeFolders } from "./folder.ts";

/** One row of the fault table. */
export interface FaultRow extends Pick<FaultyRun, "fault" | "clearAt"> {
  /** 2 without it. */
  at?: FaultyRun["at"];
  /** What the first attempt ends with, as `CODE class`; without it the attempt bears the fault and goes on. */
  error?: string;
}

const defaultAt = 2;

/** Short, so that the table takes a minute, and long enough for a machine that is busy. */
const timeouts: Partial<AdbTimeouts> = {
  commandMs: 5000,
  settleMs: 10_000,
  retryMs: 20,
  patience: { serverMs: 5000, absentMs: 5000, offlineMs: 5000, reconnectMs: 1000 },
};

/** Rows wait more than they work. Each has a device to itself. */
const atOnce = 3;

/**
 * A task is under way on a simulated device when it breaks. Either the attempt goes on as if nothing had been, or it
 * ends with an error that is charged to nobody and is made again; in both cases the task succeeds in the end.
 */
export function faultTable(
  rows: readonly FaultRow[],
  open: (
    device: { serial: string; adbHost: RunningSim["adb"] },
    timeouts: Partial<AdbTimeouts>,
  ) => Promise<Device>,
): void {
  let sim: RunningSim;
  let results: Promise<FaultyResult>[];
  beforeAll(async () => {
    sim = await startSim(["--devices", String(atOnce), "--seed", "1"]);
    const free = [...sim.devices];
    const queue = new PQueue({ concurrency: atOnce });
    results = rows.map((row) =>
      queue.add(async () => {
        const device = free.pop()!;
        const opening = { serial: device.serial, adbHost: sim.adb };
        try {
          return await runWithFault(sim.model, device, {
            at: defaultAt,
            ...row,
            template: "contact-add",
            folder: await newFolder(),
            open: () => open(opening, timeouts),
          });
        } finally {
          free.push(device);
        }
      }),
    );
    // Its own test is told.
    for (const result of results) result.catch(() => {});
  });
  afterAll(async () => {
    await Promise.allSettled(results);
    await sim?.close();
    await removeFolders();
  });

  const named = rows.map((row, index) => ({
    ...row,
    index,
    when: typeof row.at === "string" ? ` at the ${row.at}` : "",
    becomes: row.error ?? "borne by the attempt",
  }));
  test.each(named)("$fault$when: $becomes", async ({ index, at = defaultAt, error }) => {
    const { summary, failures, attempts, left } = await results[index]!;
    expect(summary).toMatchObject({ state: "finished", succeeded: 1, failed: 0, errors: 0, open: 0 });
    expect(failures).toEqual(error === undefined ? [] : [error]);
    // It met the faults, to the end of those that have one.
    expect(left.filter((one) => one.includes("times="))).toEqual([]);
    const expected = { state: "succeeded" };
    if (error === undefined) {
      expect(attempts).toMatchObject([expected]);
      return;
    }
    const failed = { state: "error", error_code: error.split(" ")[0] };
    expect(attempts).toMatchObject([failed, expected]);
    const { steps } = attempts[0]!;
    if (at === "start") expect(steps).toBe(0);
    // A fault that comes after the look at the next screen is met by its action, or by the look after that.
    else if (at !== "finish") expect([at, at + 1]).toContain(steps);
  });
}
