import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { AdbTimeouts, Device } from "../../src/device/index.ts";
import { type RunningSim, startSim } from "./cli.ts";
import { type FaultyRun, runWithFault } from "./faulty-run.ts";
import { newFolder, removeFolders } from "./folder.ts";

/** One row of the fault table. */
export interface FaultRow extends Pick<FaultyRun, "clearAt"> {
  /** Console words after `fault set`. */
  fault: string;
  /** 2 without it; at 0 the fault is set before the run. */
  atStep?: number;
  /** What the first attempt ends with, as `CODE class`; without it the attempt bears the fault and goes on. */
  error?: string;
}

/** Short, so that the table takes minutes and not hours. */
const timeouts: Partial<AdbTimeouts> = {
  commandMs: 2000,
  retryMs: 20,
  patience: { serverMs: 4000, absentMs: 4000, offlineMs: 4000, reconnectMs: 1000 },
};

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
  beforeAll(async () => {
    sim = await startSim(["--devices", "1", "--seed", "1"]);
  });
  afterAll(() => sim?.close());
  afterEach(removeFolders);

  test.each(rows.map((row) => ({ ...row, becomes: row.error ?? "borne by the attempt" })))(
    "$fault: $becomes",
    async ({ fault, atStep = 2, clearAt, error }) => {
      const [device] = sim.devices as [RunningSim["devices"][0]];
      const { summary, failures, attempts } = await runWithFault(sim, {
        fault,
        atStep,
        ...(clearAt === undefined ? {} : { clearAt }),
        template: "contact-add",
        folder: await newFolder(),
        open: () => open({ serial: device.serial, adbHost: sim.adb }, timeouts),
      });
      expect(summary).toMatchObject({ state: "finished", succeeded: 1, failed: 0, errors: 0, open: 0 });
      expect(failures).toEqual(error === undefined ? [] : [error]);
      const expected = { state: "succeeded" };
      expect(attempts).toMatchObject(
        error === undefined
          ? [expected]
          : [{ state: "error", error_code: error.split(" ")[0], steps: atStep }, expected],
      );
    },
  );
}
