import { startSimulationProcess, type SimulationProcess } from "../src/cli/sim/process.ts";

/** Devices without latency and the demo model without mistakes, in a process of their own (needs `npm run build`). */
export function startSimulation(devices: number): Promise<SimulationProcess> {
  return startSimulationProcess({ devices, seed: 1, errorRate: 0 });
}
