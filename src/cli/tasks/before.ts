import type { Device } from "../../device/index.ts";
import { errorMessage } from "../../errors.ts";
import { drawInstance, runChecks, setUpTask, type TaskInstance, type TaskSuite } from "../../task/index.ts";
import type { Bench } from "../bench.ts";
import { withDevice } from "../run/open-device.ts";

export interface BeforeResult {
  before: "fails" | "passes" | "error";
  /** For a person: what passed, or what went wrong. */
  why: string[];
}

/** Sets every task up and looks whether its checks hold already, which would make any agent succeed. */
export async function checkBefore(
  suite: TaskSuite,
  bench: Bench,
  options: { instances: number; seed: number },
): Promise<Map<string, BeforeResult>> {
  const results = new Map<string, BeforeResult>();
  const { driver, snapshot } = bench;
  await withDevice(driver, bench.devices[0]!, snapshot, async (device) => {
    for (const template of suite.templates) {
      bench.signal.throwIfAborted();
      let result: BeforeResult = { before: "fails", why: [] };
      for (let number = 1; number <= options.instances && result.before === "fails"; number++) {
        result = await tryInstance(device, drawInstance(template, number, options.seed), snapshot);
      }
      results.set(template.id, result);
    }
  });
  return results;
}

async function tryInstance(
  device: Device,
  instance: TaskInstance,
  snapshot: string | undefined,
): Promise<BeforeResult> {
  try {
    if (snapshot !== undefined) await device.snapshots?.load(snapshot);
    await setUpTask(device, instance);
    const checks = await runChecks(device, instance, await device.screen(), undefined);
    if (checks.some((check) => !check.passed)) return { before: "fails", why: [] };
    return {
      before: "passes",
      why: checks.map((check) => `${instance.goal} → ${check.check}; found ${check.found}`),
    };
  } catch (error) {
    return { before: "error", why: [`${instance.goal} → ${errorMessage(error)}`] };
  }
}
