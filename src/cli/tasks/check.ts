import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chosenTemplates } from "../../run/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import { type Bench, withBench } from "../bench.ts";
import type { DeviceOptions, ModelOptions } from "../connect.ts";
import { print, printJson } from "../output.ts";
import { printable } from "../printable.ts";
import { checkBefore, type BeforeResult } from "./before.ts";
import { proveAfter, type AfterResult } from "./after.ts";

export interface CheckOptions extends DeviceOptions, ModelOptions {
  shape?: boolean;
  prove: boolean;
  snapshot?: string;
  only?: string[];
  instances: number;
  seed: number;
  json?: boolean;
}

/** Simulated devices that the suite is tried on when none is named. */
const SIMULATED_DEVICES = 2;

export async function checkTasks(file: string, options: CheckOptions): Promise<void> {
  const loaded = await loadSuite(file);
  const suite = { ...loaded, templates: chosenTemplates(loaded, options.only) };
  if (options.shape === true) {
    if (options.json === true) printJson({ suite: suite.name, templates: suite.templates.length });
    else print(`${file}: nothing wrong with the file, templates: ${suite.templates.length}`);
    return;
  }
  const simulated = { devices: SIMULATED_DEVICES, seed: options.seed, errorRate: 0 };
  const results = await withBench({ ...options, simulated, withoutModel: !options.prove }, async (bench) => {
    const before = await checkBefore(suite, bench, options);
    const after = options.prove ? await proven(suite, bench, options) : new Map<string, AfterResult>();
    return suite.templates.map(({ id }) => ({ template: id, ...before.get(id)!, after: after.get(id) }));
  });
  for (const result of results) report(result, options.json === true);
  const wrong = results.filter((result) => !isGood(result, options.prove));
  const end = { suite: suite.name, templates: results.length, good: results.length - wrong.length };
  if (options.json === true) printJson(end);
  else print(`\ngood templates: ${end.good} of ${end.templates}`);
  if (wrong.length > 0) process.exitCode = 1;
}

type Result = { template: string; after: AfterResult | undefined } & BeforeResult;

function isGood(result: Result, proved: boolean): boolean {
  return result.before === "fails" && (!proved || result.after?.passed === result.after?.episodes);
}

function report(result: Result, json: boolean): void {
  if (json) return printJson(result);
  const before = { fails: "fails before", passes: "PASSES BEFORE the task", error: "SET-UP FAILS" }[
    result.before
  ];
  const after =
    result.after === undefined
      ? ""
      : result.after.passed === result.after.episodes
        ? ", passes after"
        : `, NOT PROVEN: ${result.after.passed} of ${result.after.episodes} passed after`;
  print(`${result.template.padEnd(24)} ${before}${after}`);
  for (const line of [...result.why, ...(result.after?.why ?? [])]) print(`    ${printable(line)}`);
}

/** The records of the proof are of no use afterwards. */
async function proven(
  suite: TaskSuite,
  bench: Bench,
  options: CheckOptions,
): Promise<Map<string, AfterResult>> {
  const folder = await mkdtemp(path.join(tmpdir(), "androidgen-check-"));
  try {
    return await proveAfter(suite, bench, { ...options, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
