import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { errorMessage } from "../../errors.ts";
import { oneLine } from "./failure.ts";
import { serverVersion } from "./helpers.ts";
import { type AppiumHome, makeAppiumHome } from "./home.ts";
import { type AppiumProcess, startAppiumProcess } from "./process.ts";
import { adbProtocol, findAndroidHome } from "./sdk.ts";
import { fallsSilent } from "./status.ts";

export interface AppiumServerOptions {
  /** The Android SDK; found by the environment and the usual places without it. */
  androidHome?: string;
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
  const { signal, onDeath } = options;
  const androidHome = await findAndroidHome(options.androidHome);
  const [version, adbVersion] = await Promise.all([serverVersion(), adbProtocol(androidHome)]);
  const home = await makeAppiumHome();
  try {
    const first = await startAppiumProcess({ androidHome, home, port: 0 }, signal);
    const { port } = first;
    const url = `http://127.0.0.1:${port}`;
    const again = (closing: AbortSignal) => startAppiumProcess({ androidHome, home, port }, closing);
    const server = supervise({ url, first, again, home, ...(onDeath && { onDeath }) });
    return { url, serverVersion: version, adbVersion, ...server };
  } catch (error) {
    await home.remove();
    throw error;
  }
}

interface Supervised {
  url: string;
  first: AppiumProcess;
  /** Starts the next one at the same address. */
  again: (closing: AbortSignal) => Promise<AppiumProcess>;
  home: AppiumHome;
  onDeath?: (why: string) => void;
}

function supervise({ url, first, again, home, onDeath = () => {} }: Supervised): Pick<AppiumServer, "close"> {
  const closing = new AbortController();
  const closed = once(closing.signal, "abort");
  const keepAlive = async (): Promise<void> => {
    let current: AppiumProcess | undefined = first;
    for (let deaths = 0; ; deaths++) {
      if (current !== undefined) {
        const since = performance.now();
        const why = await endOf(current, url, closed);
        if (!closing.signal.aborted) onDeath(why);
        // What it started may have outlived it.
        await current.stop();
        if (performance.now() - since > restartMs.at(-1)!) deaths = 0;
      }
      const wait = restartMs[Math.min(deaths, restartMs.length - 1)]!;
      await Promise.race([delay(wait, undefined, { ref: false }), closed]);
      if (closing.signal.aborted) return home.remove();
      // A session that needs the server meanwhile says that it is unreachable.
      current = await again(closing.signal).catch((error: unknown) => {
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

/** Waits until a server has died or hangs, and says which; or until it is `closed`. */
async function endOf({ exited }: AppiumProcess, url: string, closed: Promise<unknown>): Promise<string> {
  const over = new AbortController();
  try {
    const hangs = fallsSilent(url, over.signal).then(() => "it answers nobody");
    return await Promise.race([exited, hangs, closed.then(() => "closed")]);
  } finally {
    over.abort();
  }
}
