import { chooseModels } from "./model.ts";
import { adbAddress, type DeviceOptions, type ModelOptions } from "./connect.ts";
import { interruptSignal } from "./interrupt.ts";
import { type Driver, startDriver } from "./run/driver.ts";
import { simulatedModel, type SimulationProcess, startSimulationProcess } from "./sim/process.ts";

export interface BenchOptions extends DeviceOptions, ModelOptions {
  snapshot?: string;
  /** What is simulated where no device is named. */
  simulated: { devices: number; seed: number; errorRate: number };
  /** No model is needed. */
  withoutModel?: boolean;
}

/** Devices and a model to try something on. */
export interface Bench {
  driver: Driver;
  /** Serials. */
  devices: readonly string[];
  snapshot?: string;
  /** How the model is asked. */
  asked: ModelOptions;
  /** The model is the scripted one of the simulation, no LLM. */
  scripted: boolean;
  /** Ends what is tried, in order. */
  signal: AbortSignal;
}

/** The state every simulated device starts in. */
const CLEAN = "clean";

/**
 * Lends the devices and the model that the options name for as long as `use` takes: simulated devices where they name
 * none, and their scripted model where they name no model either.
 */
export async function withBench<T>(options: BenchOptions, use: (bench: Bench) => Promise<T>): Promise<T> {
  const simulates = options.device === undefined;
  const named = options.baseUrl !== undefined || options.models !== undefined;
  // What is wrong with the models is said before anything is started.
  if (options.withoutModel !== true && (named || !simulates)) await chooseModels(options);
  const interrupt = interruptSignal(() => {});
  let simulation: SimulationProcess | undefined;
  try {
    simulation = simulates ? await startSimulationProcess(options.simulated) : undefined;
    const scripted = simulation !== undefined && !named;
    const snapshot = options.snapshot ?? (simulation === undefined ? undefined : CLEAN);
    const adb = simulation?.adb ?? adbAddress(options);
    const driver = await startDriver({ ...options, adb, signal: interrupt.signal });
    try {
      return await use({
        driver,
        devices: simulation?.devices.map(({ serial }) => serial) ?? options.device ?? [],
        ...(snapshot === undefined ? {} : { snapshot }),
        asked: simulation !== undefined && scripted ? { ...options, ...simulatedModel(simulation) } : options,
        scripted,
        signal: interrupt.signal,
      });
    } finally {
      await driver.close();
    }
  } finally {
    interrupt.dispose();
    await simulation?.close();
  }
}
