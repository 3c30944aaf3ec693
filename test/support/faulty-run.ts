import path from "node:path";
import { type Agent, createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import { consoleCommand, type Device } from "../../src/device/index.ts";
import { createDevicePool } from "../../src/farm/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun, type RunEvent, type RunSummary } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { loadSuite } from "../../src/task/index.ts";
import type { RunningSim } from "./cli.ts";
import { type AttemptRow, expectSound, readAttempts } from "./records.ts";

export interface FaultyRun {
  /** Console words after `fault set`; those of several faults are joined by `&`. */
  fault: string;
  /**
   * The faults are there from the step after this one on, of the first attempt; at 0 from before the run, at `start`
   * from when the snapshot is loaded, and at `finish` from when the agent says that it is done: in the last screen and
   * the checks.
   */
  at: number | "start" | "finish";
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
  /** Faults that are still there at the end, as the console lists them. */
  left: string[];
}

/** One task on one simulated device by the scripted model, with something that breaks on the way. */
export async function runWithFault(
  { baseUrl, model: name }: RunningSim["model"],
  { serial, consolePort }: RunningSim["devices"][0],
  options: FaultyRun,
): Promise<FaultyResult> {
  const { fault, at, clearAt, template, folder } = options;
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
    for (const one of fault.split("&")) say(`fault set ${one.trim()}`);
  };
  const onEvent = (event: RunEvent): void => {
    if (event.type === "episode-ended" && event.error !== undefined) {
      failures.push(`${event.error.code} ${event.error.class}`);
    }
    if (broken && event.type === clearAt) say("fault clear");
    if (!broken && event.type === "step" && event.number === at) breakIt();
    if (!broken && event.type === "episode-started" && at === "start") breakIt();
  };
  try {
    const suite = await loadSuite("tasks/demo.yaml");
    const plan = { suite, only: [template], instances: 1, samples: 1, seed: 1, settings: {} };
    const run = await planRun(store, plan);
    if (at === 0) breakIt();
    await Promise.all(consoleCalls);
    const { model } = createModelLayer(oneModel({ baseUrl, model: name, timeoutSeconds: 60 }), {
      maxAttempts: 3,
    });
    const breaking = (agent: Agent): Agent => ({
      async decide(observation) {
        const decision = await agent.decide(observation);
        if (at === "finish" && !broken && decision.action?.type === "finish") breakIt();
        // What is decided is carried out when the faults are there.
        await Promise.all(consoleCalls);
        return decision;
      },
    });
    const { summary, error } = await executeRun({
      store,
      runId: run.id,
      pool,
      agentFor: () => {
        const spec = defaultAgentSpec("androidgen");
        return breaking(createAgent(spec, { model, experiences: store.experiences }));
      },
      snapshot: "clean",
      onEvent,
    });
    if (error !== undefined) throw error;
    await Promise.all(consoleCalls);
    // No step is lost or recorded twice, whatever broke.
    await expectSound(file);
    const left = await consoleCommand("fault list", { port: consolePort, timeoutMs: 10_000 });
    return { summary, failures, attempts: readAttempts(file), left };
  } finally {
    await consoleCommand("fault clear", { port: consolePort, timeoutMs: 10_000 });
    await pool.close();
    await store.close();
  }
}
