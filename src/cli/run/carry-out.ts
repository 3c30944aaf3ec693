import { androidGenCode } from "../../action/index.ts";
import { createAndroidGenAgent } from "../../agent/index.ts";
import { listAdbDevices, type AdbAddress } from "../../device/index.ts";
import { configError } from "../../errors.ts";
import { createDevicePool } from "../../farm/index.ts";
import type { ChatModel } from "../../llm/index.ts";
import { executeRun, type RunResult } from "../../run/index.ts";
import type { Store } from "../../store/index.ts";
import type { Driver } from "./driver.ts";
import { openDevice } from "./open-device.ts";
import type { Progress } from "./progress.ts";

/** What a run does with its devices besides the tasks; stored with it, so that it goes on the same way. */
export interface RunBehaviour {
  /** Emulator snapshot loaded before each episode. */
  snapshot?: string;
  /** The policy is shown the picture of the screen. */
  pictures: boolean;
}

export interface CarryOutOptions extends RunBehaviour {
  store: Store;
  runId: string;
  model: ChatModel;
  driver: Driver;
  /** Serials. */
  devices: readonly string[];
  progress: Progress;
  /** Ends the run after the steps in flight. */
  signal: AbortSignal;
}

/** Carries out what is left of a run, with the agent in full, until it ends or is stopped. */
export async function carryOut(options: CarryOutOptions): Promise<RunResult & { interrupted: boolean }> {
  const { driver, snapshot, signal } = options;
  const pool = createDevicePool(
    // A device named twice would carry out two episodes at once.
    [...new Set(options.devices)].map((serial) => ({
      name: serial,
      lock: () => driver.lock(serial),
      open: () => openDevice(driver, serial, snapshot),
    })),
  );
  try {
    const result = await executeRun({
      store: options.store,
      runId: options.runId,
      pool,
      agentFor: () =>
        createAndroidGenAgent({
          model: options.model,
          codec: androidGenCode,
          modules: { expSearch: true, reflectPlan: true, autoCheck: true },
          experiences: options.store.experiences,
          pictures: options.pictures,
        }),
      ...(snapshot === undefined ? {} : { snapshot }),
      onEvent: options.progress.listener,
      signal,
    });
    return { ...result, interrupted: signal.aborted };
  } finally {
    options.progress.close();
    await pool.close();
  }
}

/** Serials of the devices that can be used. Throws `NO_DEVICES` (class `config`). */
export async function readyDevices(adb: AdbAddress): Promise<string[]> {
  const all = await listAdbDevices(adb);
  const ready = all.filter((device) => device.state === "device");
  if (ready.length > 0) return ready.map((device) => device.serial);
  const others = all.map((device) => `${device.serial} is ${device.state}`).join(", ");
  throw configError(
    "NO_DEVICES",
    `the adb server ${adb.host}:${adb.port} has no device that is ready${others === "" ? "" : ` (${others})`}; ` +
      "start an emulator (emulators/README.md), or: androidgen sim, and name its --adb-port",
  );
}
