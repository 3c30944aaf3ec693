import { connect } from "node:net";
import { infraError } from "../../errors.ts";
import { type EmulatorConsole, startConsole } from "./console/console.ts";
import { type Adbd, startAdbd } from "./daemon/adbd.ts";
import { errorCode } from "./error-code.ts";
import type { AdbHost, ConsoleHost } from "./host.ts";

/** The emulator takes 5554 to 5682; beyond that only servers that are told find the device. */
const firstConsolePort = 5554;
const lastConsolePort = 9998;

export interface EmulatorPorts {
  /** `emulator-PORT`, after the console's port, as adb names it. */
  readonly serial: string;
  readonly adbd: Adbd;
  readonly console: EmulatorConsole;
  close(): Promise<void>;
}

export interface EmulatorPortsOptions {
  /** An even port that must be free, as the one above it. Without it the first free pair is taken. */
  consolePort?: number;
  tokenFile: string;
}

/** Console and adb daemon of one device on neighbouring ports, which is how adb knows an emulator. */
export async function startEmulatorPorts(
  host: AdbHost & ConsoleHost,
  options: EmulatorPortsOptions,
): Promise<EmulatorPorts> {
  const { consolePort, tokenFile } = options;
  const first = consolePort ?? firstConsolePort;
  const last = consolePort ?? lastConsolePort;
  for (let port = first; port <= last; port += 2) {
    const pair = await tryPair(host, port, tokenFile);
    if (pair !== undefined) return pair;
  }
  throw infraError(
    "PORTS_IN_USE",
    consolePort === undefined
      ? `no free pair of ports between ${first} and ${last + 1}`
      : `port ${consolePort} or ${consolePort + 1} is in use: name another even console port, or none`,
  );
}

/** Tells an adb server of an emulator, as the emulator does at its start. No reply is defined. */
export function announceEmulator(serverPort: number, adbdPort: number): Promise<void> {
  const request = `host:emulator:${adbdPort}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: serverPort });
    socket.once("error", (error) =>
      reject(infraError("ADB_SERVER_GONE", `no adb server on port ${serverPort}: ${error.message}`, error)),
    );
    socket.once("close", () => resolve());
    socket.end(request.length.toString(16).padStart(4, "0") + request);
    socket.resume();
  });
}

async function tryPair(
  host: AdbHost & ConsoleHost,
  port: number,
  tokenFile: string,
): Promise<EmulatorPorts | undefined> {
  const console = await unlessInUse(startConsole(host, { port, tokenFile }));
  if (console === undefined) return undefined;
  let adbd: Adbd | undefined;
  try {
    adbd = await unlessInUse(startAdbd(host, { port: port + 1 }));
  } finally {
    if (adbd === undefined) await console.close();
  }
  if (adbd === undefined) return undefined;
  const close = async () => {
    await Promise.all([console.close(), adbd.close()]);
  };
  return { serial: `emulator-${port}`, adbd, console, close };
}

async function unlessInUse<T>(starting: Promise<T>): Promise<T | undefined> {
  try {
    return await starting;
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE") return undefined;
    throw error;
  }
}
