export { type ConsoleOptions, type EmulatorConsole, startConsole } from "./console/console.ts";
export { type Adbd, type AdbdOptions, startAdbd } from "./daemon/adbd.ts";
export {
  announceEmulator,
  type EmulatorPorts,
  type EmulatorPortsOptions,
  startEmulatorPorts,
} from "./emulator-ports.ts";
export type { AdbHost, ConsoleHost, ProcessIo } from "./host.ts";
export { type AdbServer, startAdbServer } from "./server/server.ts";
