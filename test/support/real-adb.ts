import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { promisify } from "node:util";
import { freePort } from "./ports.ts";
import { until } from "./until.ts";

const run = promisify(execFile);

/** A real adb server on a port of its own, which knows no devices but those that are connected to it. */
export interface RealAdbServer {
  port: number;
  /** The environment of its clients. */
  env: NodeJS.ProcessEnv;
  /** Runs the client against it and gives what it prints. Rejects where it fails. */
  adb(...args: string[]): Promise<string>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param home is where it keeps its key, and where `adb emu` looks for the console's token.
 * @param port is a free one where not given.
 */
export async function startRealAdbServer(adb: string, home: string, port?: number): Promise<RealAdbServer> {
  const chosen = port ?? (await freePort());
  // No look-out for other devices, and no key of the user's.
  const env = { ...process.env, HOME: home, ADB_MDNS: "0", ADB_USB: "0", ADB_EMU: "0" };
  const server = spawn(adb, ["-P", String(chosen), "nodaemon", "server"], { env, stdio: "ignore" });
  const ended = once(server, "exit");
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    await ended;
  };
  await until(() => listens(chosen), `the adb server on port ${chosen}`);
  return {
    port: chosen,
    env,
    async adb(...args) {
      const { stdout } = await run(adb, ["-P", String(chosen), ...args], { env });
      return stdout;
    },
    kill: () => end("SIGKILL"),
    close: () => end("SIGTERM"),
  };
}

/** A client that finds no server would start one that outlives the test: so the port is asked first. */
async function listens(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
