import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { infraError } from "../../errors.ts";
import type { ModelOptions } from "../connect.ts";
import type { SimulationReady } from "./ready.ts";

/** Making a device takes well under a second; a machine that is busy gets a minute. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

export interface SimulationProcess extends SimulationReady {
  close(): Promise<void>;
}

/**
 * Starts `androidgen sim` as a process of its own, so that the devices have a core for themselves and are met only
 * through their sockets. It ends with `close()`, and by itself when this process is gone.
 */
export async function startSimulationProcess(options: {
  devices: number;
  seed: number;
  /** Share of the scripted model's replies that are wrong on purpose. */
  errorRate: number;
  /** No latency without it. */
  latency?: "none" | "realistic";
}): Promise<SimulationProcess> {
  const { devices, seed, errorRate, latency = "none" } = options;
  const args = ["--devices", devices, "--seed", seed, "--error-rate", errorRate, "--latency", latency];
  // The same kind of file as this one, which may be built or source.
  const main = fileURLToPath(new URL(`../main${path.extname(import.meta.url)}`, import.meta.url));
  const child = fork(main, ["sim", "--json", "--clock", "stepped", ...args.map(String)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // A Ctrl-C on the terminal reaches the whole group; the devices must outlive the steps in flight.
    detached: true,
  });
  try {
    return { ...(await ready(child)), close: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** The scripted model of simulated devices. It needs no key, and a user's own is never sent to it. */
export function simulatedModel({ model }: SimulationReady): ModelOptions {
  return {
    baseUrl: model!.baseUrl,
    model: model!.model,
    apiKeyEnv: "ANDROIDGEN_DEMO_KEY",
    modelTimeout: 60,
  };
}

async function ready(child: ChildProcess): Promise<SimulationReady> {
  const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
  const ended = new AbortController();
  const signal = AbortSignal.any([timeout, ended.signal]);
  child.once("exit", () => ended.abort());
  try {
    const [message] = (await once(child, "message", { signal })) as [SimulationReady];
    return message;
  } catch (error) {
    const why = timeout.aborted
      ? `were not ready within ${START_TIMEOUT_MS / 1000} s`
      : "ended before they were ready";
    throw infraError(
      "SIM_NOT_STARTED",
      `the simulated devices ${why}; try: androidgen sim ${child.spawnargs.slice(4).join(" ")}`,
      error,
    );
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
