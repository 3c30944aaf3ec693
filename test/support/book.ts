import { createDevicePool, type DevicePool, type PoolOptions } from "../../src/farm/index.ts";
import type { RunPlan } from "../../src/run/index.ts";
import type { TaskSuite } from "../../src/task/index.ts";
import { type FakeDevice, fakeDevice } from "./fakes.ts";

/** The suite of the fake book device: one template for each page. */
export function bookSuite(...pages: number[]): TaskSuite {
  return {
    name: "book",
    description: "",
    benchmark: false,
    file: "book.yaml",
    sha256: "0".repeat(64),
    templates: pages.map((page) => ({
      id: `page-${page}`,
      goal: `Go to page ${page}`,
      params: {},
      setup: [],
      checks: [{ element: { text: `Page ${page}` } }],
      budget: page + 3,
      apps: ["Book"],
      tags: [],
    })),
  };
}

export function bookPlan(pages: readonly number[], more: Partial<RunPlan> = {}): RunPlan {
  return { suite: bookSuite(...pages), instances: 1, samples: 1, seed: 1, settings: {}, ...more };
}

/** A pool of fake devices; `fault` may throw before any call of any of them. */
export function bookPool(
  names: readonly string[],
  fault: (device: string, call: string) => void | Promise<void> = () => {},
  options: PoolOptions = {},
): DevicePool & { opened: FakeDevice[] } {
  const opened: FakeDevice[] = [];
  const openers = names.map((name) => ({
    name,
    open: async () => {
      const device = fakeDevice(name, (call) => fault(name, call));
      opened.push(device);
      return device;
    },
  }));
  return Object.assign(createDevicePool(openers, { reopenDelaysMs: [0], ...options }), { opened });
}
