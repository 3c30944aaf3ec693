import { startDemoModel, startSimulation } from "../../sim/index.ts";
import type { SimOptions } from "../commands/sim.ts";
import { interruptSignal } from "../interrupt.ts";
import { print, printJson } from "../output.ts";
import type { SimulationReady } from "./ready.ts";

/** Serves until Ctrl-C or, when another androidgen started it, until that one is gone. */
export async function serveSimulation(options: SimOptions): Promise<void> {
  const simulation = await startSimulation({
    devices: options.devices,
    seed: options.seed,
    latency: options.latency,
    clock: options.clock,
    ...(options.adbPort === undefined ? {} : { adbServerPort: options.adbPort }),
    ...(options.consolePort === undefined ? {} : { consolePort: options.consolePort }),
  });
  try {
    const model =
      options.model === false
        ? undefined
        : await startDemoModel({
            seed: options.seed,
            errorRate: options.errorRate,
            latency: options.latency,
            ...(options.modelPort === undefined ? {} : { port: options.modelPort }),
          });
    try {
      announce(
        {
          adb: { host: "127.0.0.1", port: simulation.adbServerPort },
          devices: [...simulation.devices],
          ...(model === undefined ? {} : { model: { baseUrl: model.baseUrl, model: model.model } }),
        },
        options.json === true,
      );
      await untilStopped();
    } finally {
      await model?.close();
    }
  } finally {
    await simulation.close();
  }
}

function announce(ready: SimulationReady, json: boolean): void {
  // That the other androidgen is gone shows as a disconnect, not here.
  if (process.connected) process.send?.(ready, () => {});
  if (json) return printJson(ready);
  print(`adb server  127.0.0.1:${ready.adb.port}`);
  for (const { serial, consolePort, adbPort } of ready.devices) {
    print(`${serial.padEnd(15)} console ${consolePort}, adb connect 127.0.0.1:${adbPort}`);
  }
  if (ready.model !== undefined) {
    print(`demo model  ${ready.model.baseUrl}  ${ready.model.model} (scripted, not an LLM)`);
  }
  const port = ready.adb.port;
  print(`\ntry: adb -P ${port} devices -l, or: androidgen devices --adb-port ${port}`);
  if (ready.model !== undefined) {
    print(
      `     androidgen run tasks/demo.yaml --adb-port ${port} --snapshot clean \\\n` +
        `       --base-url ${ready.model.baseUrl} --model ${ready.model.model}`,
    );
  }
  print("Ctrl-C ends everything.");
}

async function untilStopped(): Promise<void> {
  // Who started this may have gone before everything was ready.
  if (process.send !== undefined && !process.connected) return;
  const interrupt = interruptSignal(() => {});
  try {
    await new Promise<void>((resolve) => {
      interrupt.signal.addEventListener("abort", () => resolve(), { once: true });
      process.once("disconnect", resolve);
    });
  } finally {
    interrupt.dispose();
  }
}
