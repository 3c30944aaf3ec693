export { startDemoModel, type DemoModel, type DemoModelOptions } from "./model/index.ts";
export { startSimulation, type Simulation, type SimulationOptions } from "./simulation.ts";
