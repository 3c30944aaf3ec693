import type { AgentSpec, AskPerson, ExperienceSource } from "../../agent/index.ts";
import type { AppApi } from "../../api/index.ts";
import { listAdbDevices, type AdbAddress } from "../../device/index.ts";
import { configError } from "../../errors.ts";
import { createDevicePool } from "../../farm/index.ts";
import type { ModelLayer } from "../../llm/index.ts";
import { executeRun, type RunResult } from "../../run/index.ts";
import type { Store } from "../../store/index.ts";
import { agentMaker } from "./agents.ts";
import type { Driver } from "./driver.ts";
import { openDevice } from "./open-device.ts";
import type { Progress } from "./progress.ts";

export interface CarryOutOptions {
  store: Store;
  runId: string;
  agent: AgentSpec;
  /** App interfaces that the agent may call; none where not given. */
  apis?: readonly AppApi[];
  /** Absent where the agent asks no model. */
  models?: ModelLayer;
  /** Where ExpSearch looks; the run's own database where not given. */
  experiences?: ExperienceSource;
  /** Asks the person at the terminal. */
  ask?: AskPerson;
  /** Emulator snapshot loaded before each episode. */
  snapshot?: string;
  driver: Driver;
  /** Serials. */
  devices: readonly string[];
  /** Its owner closes it. */
  progress: Progress;
  /** Ends the run after the steps in flight. */
  signal: AbortSignal;
}

/** Carries out what is left of a run until it ends or is stopped. */
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
      agentFor: agentMaker(options.agent, options),
      ...(options.apis === undefined ? {} : { apis: options.apis }),
      ...(snapshot === undefined ? {} : { snapshot }),
      onEvent: options.progress.listener,
      signal,
    });
    return { ...result, interrupted: signal.aborted };
  } finally {
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
