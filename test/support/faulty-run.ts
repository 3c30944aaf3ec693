import path from "node:path";
import { createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import { consoleCommand, type Device } from "../../src/device/index.ts";
import { createDevicePool } from "../../src/farm/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun, type RunEvent, type RunSummary } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { loadSuite } from "../../src/task/index.ts";
import type { RunningSim } from "./cli.ts";
import { type AttemptRow, expectSound, readAttempts } from "./records.ts";

export interface FaultyRun {
  /** Console words after `fault set`. */
  fault: string;
  /** The fault is set when this step of the first attempt is recorded; at 0 before the run. */
  atStep: number;
  /** The fault is cleared at the first event of this type that comes after it, if it is to be cleared. */
  clearAt?: RunEvent["type"];
  template: string;
  folder: string;
  open(): Promise<Device>;
}

export interface FaultyResult {
  summary: RunSummary;
  /** What each attempt that failed ended with, as `CODE class`. */
  failures: string[];
  attempts: AttemptRow[];
}

/** One task on one simulated device by the scripted model, with something that breaks on the way. */
export async function runWithFault(sim: RunningSim, options: FaultyRun): Promise<FaultyResult> {
  const { fault, atStep, clearAt, template, folder } = options;
  const { serial, consolePort } = sim.devices[0]!;
  const file = path.join(folder, "run.db");
  const store = await openStore(file);
  const pool = createDevicePool([{ name: serial, open: () => options.open() }], { reopenDelaysMs: [200] });
  const failures: string[] = [];
  const consoleCalls: Promise<unknown>[] = [];
  const say = (words: string): void =>
    void consoleCalls.push(consoleCommand(words, { port: consolePort, timeoutMs: 10_000 }));
  let broken = false;
  const breakIt = (): void => {
    broken = true;
    say(`fault set ${fault}`);
  };
  const onEvent = (event: RunEvent): void => {
    if (event.type === "episode-ended" && event.error !== undefined) {
      failures.push(`${event.error.code} ${event.error.class}`);
    }
    if (broken && event.type === clearAt) say("fault clear");
    if (!broken && event.type === "step" && event.number === atStep) breakIt();
  };
  try {
    const suite = await loadSuite("tasks/demo.yaml");
    const plan = { suite, only: [template], instances: 1, samples: 1, seed: 1, settings: {} };
    const run = await planRun(store, plan);
    if (atStep === 0) breakIt();
    await Promise.all(consoleCalls);
    const { summary, error } = await executeRun({
      store,
      runId: run.id,
      pool,
      agentFor: () =>
        createAgent(defaultAgentSpec("androidgen"), { model: modelOf(sim), experiences: store.experiences }),
      snapshot: "clean",
      onEvent,
    });
    if (error !== undefined) throw error;
    await Promise.all(consoleCalls);
    // No step is lost or recorded twice, whatever broke.
    await expectSound(file);
    return { summary, failures, attempts: readAttempts(file) };
  } finally {
    await consoleCommand("fault clear", { port: consolePort, timeoutMs: 10_000 });
    await pool.close();
    await store.close();
  }
}

function modelOf({ model: { baseUrl, model } }: RunningSim) {
  return createModelLayer(oneModel({ baseUrl, model, timeoutSeconds: 60 }), { maxAttempts: 3 }).model;
}
