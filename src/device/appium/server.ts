import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { errorMessage, infraError } from "../../errors.ts";
import { serverVersion } from "./helpers.ts";
import { type AppiumHome, makeAppiumHome } from "./home.ts";
import { adbProtocol, findAndroidHome } from "./sdk.ts";
import { appiumAnswers } from "./status.ts";

export interface AppiumServerOptions {
  /** The Android SDK; found by the environment and the usual places without it. */
  androidHome?: string;
  /** Appium's log goes to this file; nowhere without it. */
  logFile?: string;
  /** Gives the start up. */
  signal?: AbortSignal;
}

export interface AppiumServer {
  /** Where it listens, on the loopback; the same after it was restarted. */
  readonly url: string;
  /** The release of the UiAutomator2 server that it puts on devices. */
  readonly serverVersion: string;
  /** The protocol of the adb that this server runs: 41 is that of adb 1.0.41. */
  readonly adbVersion: number;
  /** Ends the server with all it started. */
  close(): Promise<void>;
}

const startMs = 60_000;
const pollMs = 50;
/** For ending its sessions, before it is killed. */
const stopMs = 10_000;
/** Waits before a server that died is started again; a longer life than the last of them forgets the deaths. */
const restartMs = [0, 1000, 5000, 30_000];
/** A proxy that refuses at once: nothing listens on the discard port. */
const nobody = "http://127.0.0.1:9";
/** Of what the server said, for the message of a failure. */
const tailLength = 2000;

/**
 * Starts our own Appium with our own UiAutomator2 driver as a child process, and again whenever it dies. It ends with
 * `close()`, and by itself when this process is gone. Throws `ANDROID_SDK_MISSING` or `APPIUM_DRIVER_MISSING`
 * (`config`), or `APPIUM_NOT_STARTED` (`infra`) with the last of what Appium said.
 */
export async function startAppiumServer(options: AppiumServerOptions = {}): Promise<AppiumServer> {
  const { logFile, signal } = options;
  const androidHome = await findAndroidHome(options.androidHome);
  const [version, adbVersion] = await Promise.all([serverVersion(), adbProtocol(androidHome)]);
  const home = await makeAppiumHome();
  try {
    const port = await freePort();
    const settings = { androidHome, home, port, ...(logFile !== undefined && { logFile }) };
    const first = await startProcess(settings, signal);
    const server = supervise(first, (closing) => startProcess(settings, closing), home);
    return { url: `http://127.0.0.1:${port}`, serverVersion: version, adbVersion, ...server };
  } catch (error) {
    await home.remove();
    throw error;
  }
}

function supervise(
  first: AppiumProcess,
  start: (closing: AbortSignal) => Promise<AppiumProcess>,
  home: AppiumHome,
): Pick<AppiumServer, "close"> {
  const closing = new AbortController();
  const closed = once(closing.signal, "abort");
  const keepAlive = async (): Promise<void> => {
    let current: AppiumProcess | undefined = first;
    for (let deaths = 0; ; deaths++) {
      const since = performance.now();
      await Promise.race([current?.exited, closed]);
      // What it started may have outlived it.
      await current?.stop();
      if (performance.now() - since > restartMs.at(-1)!) deaths = 0;
      const wait = restartMs[Math.min(deaths, restartMs.length - 1)]!;
      await Promise.race([delay(wait, undefined, { ref: false }), closed]);
      if (closing.signal.aborted) return home.remove();
      // A session that needs the server meanwhile says that it is unreachable.
      current = await start(closing.signal).catch(() => undefined);
    }
  };
  const ended = keepAlive();
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}

interface AppiumProcess {
  /** Resolves when it has ended. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface StartOptions {
  androidHome: string;
  home: AppiumHome;
  port: number;
  logFile?: string;
}

async function startProcess(options: StartOptions, signal?: AbortSignal): Promise<AppiumProcess> {
  const { androidHome, home, port, logFile } = options;
  const extension = path.extname(import.meta.url);
  const child = fork(
    fileURLToPath(new URL(`./child${extension}`, import.meta.url)),
    [JSON.stringify(serverArguments(port, home.folder, logFile))],
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

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return (address as { port: number }).port;
}
