import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { errorMessage } from "../../errors.ts";
import { oneLine } from "./failure.ts";
import { serverVersion } from "./helpers.ts";
import { type AppiumHome, makeAppiumHome } from "./home.ts";
import { type AppiumProcess, startAppiumProcess } from "./process.ts";
import { adbProtocol, findAndroidHome } from "./sdk.ts";

export interface AppiumServerOptions {
  /** The Android SDK; found by the environment and the usual places without it. */
  androidHome?: string;
  /** Appium's log goes to this file; nowhere without it. */
  logFile?: string;
  /** Gives the start up. */
  signal?: AbortSignal;
  /** Called before the server is started again, with how it died or why the last start failed, in one line. */
  onDeath?: (why: string) => void;
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

/** Waits before a server that died is started again; a longer life than the last of them forgets the deaths. */
const restartMs = [0, 1000, 5000, 30_000];

/**
 * Starts our own Appium with our own UiAutomator2 driver as a child process, and again whenever it dies. It ends with
 * `close()`, and by itself when this process is gone. Throws `ANDROID_SDK_MISSING` or `APPIUM_DRIVER_MISSING`
 * (`config`), or `APPIUM_NOT_STARTED` (`infra`) with the last of what Appium said.
 */
export async function startAppiumServer(options: AppiumServerOptions = {}): Promise<AppiumServer> {
  const { logFile, signal, onDeath } = options;
  const androidHome = await findAndroidHome(options.androidHome);
  const [version, adbVersion] = await Promise.all([serverVersion(), adbProtocol(androidHome)]);
  const home = await makeAppiumHome();
  try {
    const settings = { androidHome, home, ...(logFile !== undefined && { logFile }) };
    const first = await startAppiumProcess({ ...settings, port: 0 }, signal);
    const { port } = first;
    const again = (closing: AbortSignal) => startAppiumProcess({ ...settings, port }, closing);
    const server = supervise(first, again, home, onDeath);
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
  onDeath: (why: string) => void = () => {},
): Pick<AppiumServer, "close"> {
  const closing = new AbortController();
  const closed = once(closing.signal, "abort");
  const keepAlive = async (): Promise<void> => {
    let current: AppiumProcess | undefined = first;
    for (let deaths = 0; ; deaths++) {
      if (current !== undefined) {
        const since = performance.now();
        const how = await Promise.race([current.exited, closed]);
        if (!closing.signal.aborted) onDeath(String(how));
        // What it started may have outlived it.
        await current.stop();
        if (performance.now() - since > restartMs.at(-1)!) deaths = 0;
      }
      const wait = restartMs[Math.min(deaths, restartMs.length - 1)]!;
      await Promise.race([delay(wait, undefined, { ref: false }), closed]);
      if (closing.signal.aborted) return home.remove();
      // A session that needs the server meanwhile says that it is unreachable.
      current = await start(closing.signal).catch((error: unknown) => {
        if (!closing.signal.aborted) onDeath(oneLine(errorMessage(error)));
        return undefined;
      });
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
