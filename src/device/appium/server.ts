import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
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
  /** Called when the server has died, before it is started again. */
  onDeath?: () => void;
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
    const port = await freePort();
    const settings = {
      androidHome,
      appiumHome: home.folder,
      port,
      ...(logFile !== undefined && { logFile }),
    };
    const first = await startAppiumProcess(settings, signal);
    const start = (closing: AbortSignal) => startAppiumProcess(settings, closing);
    const server = supervise(first, start, home, onDeath);
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
  onDeath: () => void = () => {},
): Pick<AppiumServer, "close"> {
  const closing = new AbortController();
  const closed = once(closing.signal, "abort");
  const keepAlive = async (): Promise<void> => {
    let current: AppiumProcess | undefined = first;
    for (let deaths = 0; ; deaths++) {
      const since = performance.now();
      await Promise.race([current?.exited, closed]);
      if (!closing.signal.aborted) onDeath();
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

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return (address as { port: number }).port;
}
