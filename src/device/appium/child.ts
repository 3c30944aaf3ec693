import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

/**
 * Appium in a process of its own; `process.ts` starts it, gives the server's arguments as JSON, and is told the port
 * once the server listens. It ends when whoever started it is gone, by whatever means: the channel between the two
 * closes with its other end.
 */

/** What is told over the channel. */
export interface Listening {
  port: number;
}

interface ServerArguments extends Record<string, unknown> {
  appiumHome: string;
}

interface Appium {
  /** Gives the HTTP server, which listens. */
  main(args: Record<string, unknown>): Promise<{ address(): AddressInfo }>;
}

/** For ending the sessions; then everything that Appium started goes with it. */
const farewellMs = 10_000;

const args = JSON.parse(process.argv[2]!) as ServerArguments;
process.once("disconnect", () => void leave());
process.once("exit", () => {
  // What it started, such as adb with an open stream, would outlive it.
  if (!process.connected) endGroup();
});

if (process.connected) {
  // Appium's own types are of its command line, and of CommonJS.
  const appium = createRequire(import.meta.url)("appium") as Appium;
  const server = await appium.main({ ...args, throwInsteadOfExit: true });
  const listening: Listening = { port: server.address().port };
  // A channel that has closed meanwhile is heard of as `disconnect`.
  process.send?.(listening, () => {});
} else {
  await leave();
}

async function leave(): Promise<void> {
  setTimeout(endGroup, farewellMs).unref();
  try {
    // Nobody else is left to do it.
    await rm(args.appiumHome, { recursive: true, force: true });
  } finally {
    // Appium listens to this: it closes its sessions and exits.
    process.kill(process.pid, "SIGTERM");
  }
}

/** This process leads a group of its own; on Windows there are no groups. */
function endGroup(): void {
  process.kill(process.platform === "win32" ? process.pid : -process.pid, "SIGKILL");
}
