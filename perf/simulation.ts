import { startSimulationProcess, type SimulationProcess } from "../src/cli/sim/process.ts";

/** Devices, and the demo model without mistakes, in a process of their own. */
export function startSimulation(
  devices: number,
  latency: "none" | "realistic" = "none",
): Promise<SimulationProcess> {
  return startSimulationProcess({ devices, seed: 1, errorRate: 0, latency });
}
