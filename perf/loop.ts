import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAgent, defaultAgentSpec } from "../src/agent/index.ts";
import { openAdbDevice } from "../src/device/index.ts";
import { createDevicePool } from "../src/farm/index.ts";
import { createModelLayer, oneModel } from "../src/llm/index.ts";
import { executeRun, planRun, type RunEvent } from "../src/run/index.ts";
import { openStore } from "../src/store/index.ts";
import { loadSuite } from "../src/task/index.ts";
import { round, type Figure } from "./figure.ts";
import { startSimulation } from "./simulation.ts";

type Step = Extract<RunEvent, { type: "step" }>;

/** The whole loop, over adb and HTTP, on devices without latency: how fast can it go at most? */
export async function loop(): Promise<Figure[]> {
  const one = await play(1, 1);
  const seeing = await play(1, 1, "both");
  const eight = await play(8, 2);
  return [
    { name: "loop-1-device", value: round(one.stepsPerSecond), unit: "steps/s" },
    {
      name: "loop-8-devices",
      value: round(eight.stepsPerSecond),
      unit: "steps/s",
      baseline: {
        name: "loop-1-device",
        value: round(one.stepsPerSecond),
        ratio: round(eight.stepsPerSecond / one.stepsPerSecond),
      },
      note: "devices and model run in a process of their own, on the same cores",
    },
    {
      name: "own-code-per-step",
      value: round(one.own.median),
      unit: "ms",
      spread: round(one.own.spread),
      note:
        `on one device: wall time of a step outside device and model calls, with its record; mean ${round(one.own.mean)}. ` +
        "Waits for files on the disk are in it, and for the cores, which the simulated devices and model share",
    },
    {
      name: "own-code-per-step-pictures",
      value: round(seeing.own.median),
      unit: "ms",
      spread: round(seeing.own.spread),
      baseline: {
        name: "own-code-per-step",
        value: round(one.own.median),
        ratio: round(seeing.own.median / one.own.median),
      },
      note:
        `the same with the screen's picture, marked, in each of the policy's prompts; mean ${round(seeing.own.mean)}. ` +
        "It is marked while the planner answers, which the scripted one does in less time than that takes",
    },
  ];
}

async function play(devices: number, instances: number, observe: "text" | "both" = "text") {
  const folder = await mkdtemp(path.join(tmpdir(), "androidgen-perf-"));
  const simulation = await startSimulation(devices);
  const store = await openStore(path.join(folder, "perf.db"));
  const steps: Step[] = [];
  const pool = createDevicePool(
    simulation.devices.map(({ serial }) => ({
      name: serial,
      open: () => openAdbDevice({ serial, adbHost: simulation.adb }),
    })),
  );
  try {
    const { baseUrl, model } = simulation.model!;
    const chat = createModelLayer(oneModel({ baseUrl, model }), { maxAttempts: 3 }).model;
    const suite = await loadSuite("tasks/demo.yaml");
    const run = await planRun(store, { suite, instances, samples: 1, seed: 1, settings: {} });
    const result = await executeRun({
      store,
      runId: run.id,
      pool,
      agentFor: () =>
        createAgent(
          { ...defaultAgentSpec("androidgen"), observe },
          { model: chat, experiences: store.experiences },
        ),
      snapshot: "clean",
      onEvent: (event) => {
        if (event.type === "step") steps.push(event);
      },
    });
    if (result.error !== undefined) throw result.error;
    const own = steps.map(({ ownMs, recordMs }) => ownMs + recordMs).sort((a, b) => a - b);
    const at = (share: number): number => own[Math.floor(own.length * share)]!;
    return {
      stepsPerSecond: steps.length / result.seconds,
      own: {
        median: at(0.5),
        spread: at(0.9) / at(0.5),
        mean: own.reduce((sum, ms) => sum + ms, 0) / own.length,
      },
    };
  } finally {
    await pool.close();
    await store.close();
    await simulation.close();
    await rm(folder, { recursive: true });
  }
}
