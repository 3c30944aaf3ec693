import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.ts";

const run = promisify(execFile);

/** A real adb server on a port of its own, which knows no devices but those that are connected to it. */
export interface RealAdbServer {
  port: number;
  /** Runs the client against it and gives what it prints. Rejects where it fails. */
  adb(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** @param home is where it keeps its key. */
export async function startRealAdbServer(adb: string, home: string): Promise<RealAdbServer> {
  const port = await freePort();
  const env = { ...process.env, HOME: home, ADB_MDNS: "0", ADB_USB: "0", ADB_EMU: "0" };
  const server = spawn(adb, ["-P", String(port), "nodaemon", "server"], { env, stdio: "ignore" });
  const ended = once(server, "exit");
  await listening(port);
  return {
    port,
    async adb(...args) {
      const { stdout } = await run(adb, ["-P", String(port), ...args], { env });
      return stdout;
    },
    async close() {
      server.kill();
      await ended;
    },
  };
}

/** A client that finds no server would start one that outlives the test: so the port is asked first. */
async function listening(port: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const socket = connect({ host: "127.0.0.1", port });
    const answers = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answers) return;
    if (performance.now() > deadline) throw new Error(`the adb server does not listen on port ${port}`);
    await sleep(50);
  }
}
