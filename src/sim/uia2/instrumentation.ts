/** The life of the UiAutomator2 server: it is there as long as `am instrument -w` runs. */
import { errorMessage } from "../../errors.ts";
import type { DeviceListener, DevicePorts } from "../system/ports.ts";
import { KEY } from "../ui/keycodes.ts";
import type { Uia2Host } from "./context.ts";
import { serverPackage, serverPort, serverTestPackage } from "./names.ts";
import { createUia2Server } from "./server.ts";

export interface Instrumentation {
  /**
   * Runs the server until it stops, crashes or is killed, or until `signal` ends its shell. One that runs
   * already is ended first, as Android ends the target's process.
   *
   * @param started is called when the server is about to listen.
   */
  run(started: () => void, signal: AbortSignal | undefined): Promise<"stopped" | "crashed">;
  /** `am force-stop`, `pm uninstall`. */
  kill(packageName: string): void;
  /** Whether it holds the phone's one UiAutomation connection. */
  readonly running: boolean;
  /** For `ps`. */
  processes(): [name: string, pid: number][];
}

const firstPid = 9100;

export function createInstrumentation(host: Uia2Host, ports: DevicePorts): Instrumentation {
  let end: ((how: "stopped" | "crashed") => void) | undefined;
  let runs = 0;

  async function run(started: () => void, signal: AbortSignal | undefined): Promise<"stopped" | "crashed"> {
    end?.("crashed");
    runs++;
    const over = new AbortController();
    const ended = new Promise<"stopped" | "crashed">((resolve) => {
      over.signal.addEventListener("abort", () => resolve(over.signal.reason as "stopped" | "crashed"), {
        once: true,
      });
    });
    const mine = (how: "stopped" | "crashed"): void => over.abort(how);
    const hungUp = (): void => mine("crashed");
    end = mine;
    if (signal?.aborted) hungUp();
    signal?.addEventListener("abort", hungUp, { once: true });
    const server = createUia2Server(host, over.signal, mine);
    const unheard = host.phone.power.onUnplugged(() => server.unplugged());
    let listener: DeviceListener | undefined;
    try {
      await startUp(over.signal);
      if (over.signal.aborted) return await ended;
      started();
      // The server takes a wake lock for a day, which turns the screen on.
      if (!host.phone.windows.awake) host.phone.windows.key(KEY.WAKEUP);
      listener = ports.listen(serverPort, (connection) => server.accept(connection));
      host.phone.log.add("I", "appium", "ServerInstrumentation started", pid());
      return await ended;
    } finally {
      unheard();
      listener?.stop();
      server.close();
      signal?.removeEventListener("abort", hungUp);
      if (end === mine) end = undefined;
    }
  }

  async function startUp(signal: AbortSignal): Promise<void> {
    try {
      await host.latency.spend("uia2Start", signal);
    } catch (error) {
      if (!signal.aborted)
        throw new Error(`the server cannot start: ${errorMessage(error)}`, { cause: error });
    }
  }

  function pid(): number {
    return firstPid + runs;
  }

  return {
    run,
    kill(packageName) {
      if (packageName === serverPackage || packageName === serverTestPackage) end?.("crashed");
    },
    get running() {
      return end !== undefined;
    },
    processes: () => (end === undefined ? [] : [[serverPackage, pid()]]),
  };
}
