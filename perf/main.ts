/**
 * Prints one JSON line per figure: npm run perf, or npm run perf -- NAME… for some of them.
 *
 * Figures are measured, never asserted: machines differ and are shared. Compare the ratios. Each benchmark gets a
 * process of its own, so that none inherits another's memory.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./figure.ts";

const benchmarks: Record<string, () => Promise<Benchmark>> = {
  "cli-start": async () => (await import("./cli-start.ts")).cliStart,
  "screen-pipeline": async () => (await import("./screen-pipeline.ts")).screenPipeline,
  "sim-device": async () => (await import("./sim-device.ts")).simDevice,
  "sim-memory": async () => (await import("./sim-memory.ts")).simMemory,
  "driver-step": async () => (await import("./driver-step.ts")).driverStep,
  "appium-sessions": async () => (await import("./driver-step.ts")).appiumSessions,
  agent: async () => (await import("./agent.ts")).agent,
  "exp-search": async () => (await import("./exp-search.ts")).expSearch,
  loop: async () => (await import("./loop.ts")).loop,
};

async function inOwnProcess(name: string): Promise<void> {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), name];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) process.exitCode = 1;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(", ")}; known: ${Object.keys(benchmarks).join(", ")}\n`);
  process.exitCode = 2;
} else if (wanted.length === 1) {
  const benchmark = await benchmarks[wanted[0]!]!();
  for (const figure of await benchmark()) process.stdout.write(`${JSON.stringify(figure)}\n`);
} else {
  for (const name of wanted.length > 0 ? wanted : Object.keys(benchmarks)) await inOwnProcess(name);
}
