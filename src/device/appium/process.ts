import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { errorMessage, infraError } from "../../errors.ts";
import { appiumAnswers } from "./status.ts";

const startMs = 60_000;
const pollMs = 50;
/** For ending its sessions, before it is killed. */
const stopMs = 10_000;
/** A proxy that refuses at once: nothing listens on the discard port. */
const nobody = "http://127.0.0.1:9";
/** Of what the server said, for the message of a failure. */
const tailLength = 2000;

/** One life of an Appium server. */
export interface AppiumProcess {
  /** Resolves when it has ended. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

export interface AppiumProcessOptions {
  androidHome: string;
  /** Holds the driver. */
  appiumHome: string;
  port: number;
  logFile?: string;
}

/** Starts it and waits until it answers. Throws `APPIUM_NOT_STARTED` (`infra`) with the last of what it said. */
export async function startAppiumProcess(
  options: AppiumProcessOptions,
  signal?: AbortSignal,
): Promise<AppiumProcess> {
  const { androidHome, appiumHome, port, logFile } = options;
  const extension = path.extname(import.meta.url);
  const child = fork(
    fileURLToPath(new URL(`./child${extension}`, import.meta.url)),
    [JSON.stringify(serverArguments(port, appiumHome, logFile))],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A group of its own: Ctrl-C must not end the sessions of the steps in flight, and all of it can be ended.
      detached: true,
      // From source, the child needs what makes Node read TypeScript.
      execArgv: extension === ".ts" ? ["--import", "tsx"] : [],
      env: {
        ...process.env,
        ANDROID_HOME: androidHome,
        ANDROID_SDK_ROOT: androidHome,
        // As it starts, Appium asks GitHub for its own commit, for its log alone. Nothing here needs the network, and
        // where that is not answered the start would wait for it.
        HTTPS_PROXY: nobody,
        https_proxy: nobody,
      },
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-tailLength)));
  }
  const exited = ended(child);
  const running: AppiumProcess = { exited, stop: () => stop(child, exited) };
  try {
    await untilReady(`http://127.0.0.1:${port}`, exited, signal);
    return running;
  } catch (error) {
    await running.stop();
    throw infraError(
      "APPIUM_NOT_STARTED",
      `Appium did not start: ${errorMessage(error)}${said.trim() === "" ? "" : `; it said: ${said.trim()}`}`,
      error,
    );
  }
}

function serverArguments(port: number, appiumHome: string, logFile?: string): Record<string, unknown> {
  return {
    address: "127.0.0.1",
    port,
    appiumHome,
    useDrivers: ["uiautomator2"],
    logNoColors: true,
    loglevel: logFile === undefined ? "error" : "error:info",
    ...(logFile !== undefined && { logFile }),
  };
}

async function untilReady(url: string, exited: Promise<void>, signal?: AbortSignal): Promise<void> {
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = performance.now() + startMs;
  while (!(await appiumAnswers(url))) {
    signal?.throwIfAborted();
    if (gone) throw new Error("its process ended");
    if (performance.now() > deadline) throw new Error(`no answer within ${startMs / 1000} s`);
    await delay(pollMs);
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    // A program that cannot be started never exits.
    child.once("error", () => resolve());
  });
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  const timer = setTimeout(() => killGroup(child), stopMs);
  await exited;
  clearTimeout(timer);
  killGroup(child);
}

/** Ends what is left of the child and of all that it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch (error) {
    // Nothing is left, as it should be; of a group of dead processes macOS says EPERM.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
