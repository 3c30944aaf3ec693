import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { errorMessage, infraError } from "../../errors.ts";
import type { Listening } from "./child.ts";
import type { AppiumHome } from "./home.ts";

const startMs = 60_000;
/** For ending its sessions, before it is killed. */
const stopMs = 10_000;
/** A proxy that refuses at once: nothing listens on the discard port. */
const nobody = "http://127.0.0.1:9";
/** Of what the server said, for the message of a failure. */
const tailLength = 2000;

/** One life of an Appium server. */
export interface AppiumProcess {
  /** Where it listens, on the loopback. */
  port: number;
  /** Tells when it has ended, and how: `exit code 1`, `SIGKILL`. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface AppiumProcessOptions {
  androidHome: string;
  /** Holds the driver. */
  home: AppiumHome;
  /** 0 for one that is free. */
  port: number;
}

/** Starts it and waits until it listens. Throws `APPIUM_NOT_STARTED` (`infra`) with the last of what it said. */
export async function startAppiumProcess(
  options: AppiumProcessOptions,
  signal?: AbortSignal,
): Promise<AppiumProcess> {
  const { androidHome } = options;
  const extension = path.extname(import.meta.url);
  const child = fork(
    fileURLToPath(new URL(`./child${extension}`, import.meta.url)),
    [JSON.stringify(serverArguments(options))],
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
        // Not what the user excepts from proxies: the device's server on this host is, and GitHub is not.
        NO_PROXY: "127.0.0.1",
        no_proxy: "127.0.0.1",
      },
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-tailLength)));
  }
  const exited = ended(child);
  try {
    const port = await listening(child, exited, signal);
    return { port, exited, stop: () => stop(child, exited) };
  } catch (error) {
    await stop(child, exited);
    throw infraError(
      "APPIUM_NOT_STARTED",
      `Appium did not start: ${errorMessage(error)}${said.trim() === "" ? "" : `; it said: ${said.trim()}`}`,
      error,
    );
  }
}

function serverArguments({ port, home }: AppiumProcessOptions): Record<string, unknown> {
  return {
    address: "127.0.0.1",
    port,
    appiumHome: home.folder,
    // Without it, Appium takes settings from an `.appiumrc` in the working folder or above.
    configFile: home.configFile,
    useDrivers: ["uiautomator2"],
    logNoColors: true,
    // A night of more would fill a disk; what goes wrong comes to us with the answer of each call.
    loglevel: "error",
  };
}

/** The port it listens on, told by itself: at the address alone, another server might answer in its place. */
async function listening(
  child: ChildProcess,
  exited: Promise<string>,
  signal?: AbortSignal,
): Promise<number> {
  const late = AbortSignal.timeout(startMs);
  const told = once(child, "message", {
    signal: signal === undefined ? late : AbortSignal.any([late, signal]),
  });
  const gone = exited.then((how) => {
    throw new Error(`its process ended: ${how}`);
  });
  try {
    const [{ port }] = (await Promise.race([told, gone])) as [Listening];
    return port;
  } catch (error) {
    if (!late.aborted) throw error;
    throw new Error(`no answer within ${startMs / 1000} s`, { cause: error });
  }
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    // A program that cannot be started never exits.
    child.once("error", (error) => resolve(errorMessage(error)));
  });
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
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
