import { connect, type Socket } from "node:net";
import { infraError } from "../../errors.ts";
import { type AdbDeviceRow, parseDeviceRows } from "./devices.ts";
import { type AdbAddress, unreachable } from "./server.ts";

/** A device as its adb server last told of it. */
export interface Sighting extends AdbDeviceRow {
  /** Another number each time that the device came back, also where the server's own id is the same. */
  arrival: number;
}

/**
 * What one adb server tells of its devices: one `host:track-devices-l` connection for all devices of this
 * process. It is made when somebody asks, and made anew by whoever asks next after it broke.
 */
class DeviceWatch {
  readonly #address: AdbAddress;
  /** Who waits for a change. */
  readonly #waiting = new Set<() => void>();
  #rows: readonly Sighting[] = [];
  /** Serials that two usable devices had at the same time. */
  readonly #shared = new Set<string>();
  #arrivals = 0;
  #socket: Socket | undefined;
  #starting: Promise<void> | undefined;

  constructor(address: AdbAddress) {
    this.#address = address;
  }

  /** Undefined where the server has no such device, or is not there itself. */
  sighting(serial: string): Sighting | undefined {
    const rows = this.#rows.filter((row) => row.serial === serial);
    return rows.find((row) => row.state === "device") ?? rows[0];
  }

  /** The connection is the one that it was then: neither lost nor made anew. */
  holds({ arrival }: Sighting): boolean {
    return this.#rows.some((row) => row.arrival === arrival);
  }

  /** Two devices have this serial, or had it: nobody can tell any more which of them is meant. */
  isShared(serial: string): boolean {
    return this.#shared.has(serial);
  }

  /** Resolves when the server has told what it has. Throws `ADB_UNREACHABLE` or `ADB_OLD`. */
  async start(timeoutMs: number): Promise<void> {
    if (this.#socket !== undefined && this.#starting === undefined) return;
    this.#starting ??= this.#connect(timeoutMs).finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  /** Resolves at the next change, or after `timeoutMs` without one. */
  async change(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        clearTimeout(timer);
        resolve();
      };
      // Unlike the connection it keeps the process alive: somebody waits for this device.
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(done);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  async #connect(timeoutMs: number): Promise<void> {
    const { host, port } = this.#address;
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    // Whoever forgets to close a device is not kept alive by it.
    socket.unref();
    const told = this.#read(socket);
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    socket.write(`${frameLength("host:track-devices-l")}host:track-devices-l`);
    try {
      await told;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reads lists for as long as there is a connection; resolves with the first. */
  #read(socket: Socket): Promise<void> {
    const what = "watching the devices";
    let text: Buffer = Buffer.alloc(0);
    let begun = false;
    return new Promise((resolve, reject) => {
      let problem: unknown = new Error("the adb server closed the connection");
      socket.once("error", (error) => {
        problem = error;
      });
      socket.once("close", () => {
        if (this.#socket === socket) {
          this.#socket = undefined;
          this.#take([]);
        }
        reject(unreachable(this.#address, what, problem));
      });
      socket.on("data", (chunk: Buffer) => {
        text = Buffer.concat([text, chunk]);
        if (!begun && text.length >= 4) {
          if (text.toString("latin1", 0, 4) !== "OKAY") return reject(tooOld(this.#address));
          begun = true;
          text = text.subarray(4);
        }
        for (let list = begun ? frame(text) : undefined; list !== undefined; list = frame(text)) {
          text = text.subarray(4 + list.length);
          this.#take(parseDeviceRows(list.toString()));
          resolve();
        }
      });
    });
  }

  #take(rows: readonly AdbDeviceRow[]): void {
    const before = this.#rows;
    this.#rows = rows.map((row) => {
      const old = before.find((one) => one.serial === row.serial && one.transportId === row.transportId);
      return { ...row, arrival: old?.state === row.state ? old.arrival : ++this.#arrivals };
    });
    const usable = rows.filter((row) => row.state === "device").map((row) => row.serial);
    for (const [i, serial] of usable.entries()) if (usable.indexOf(serial) < i) this.#shared.add(serial);
    for (const done of this.#waiting) done();
  }
}

export type { DeviceWatch };

const watches = new Map<string, { watch: DeviceWatch; holders: number }>();

/** The watch of that server; `release` it when it is no longer needed, and the last one closes it. */
export function holdWatch(address: AdbAddress): { watch: DeviceWatch; release: () => void } {
  const key = `${address.host}:${address.port}`;
  const held = watches.get(key) ?? { watch: new DeviceWatch(address), holders: 0 };
  watches.set(key, held);
  held.holders++;
  let released = false;
  return {
    watch: held.watch,
    release() {
      if (released) return;
      released = true;
      held.holders--;
      if (held.holders > 0) return;
      watches.delete(key);
      held.watch.close();
    },
  };
}

/** The first whole text of those that each stand behind their length in four hexadecimal digits. */
function frame(bytes: Buffer): Buffer | undefined {
  const end = bytes.length < 4 ? Infinity : 4 + Number.parseInt(bytes.toString("latin1", 0, 4), 16);
  return bytes.length < end ? undefined : bytes.subarray(4, end);
}

function frameLength(text: string): string {
  return Buffer.byteLength(text).toString(16).padStart(4, "0");
}

function tooOld({ host, port }: AdbAddress): Error {
  return infraError(
    "ADB_OLD",
    `the adb server at ${host}:${port} cannot watch its devices; start one of platform-tools 29 or newer`,
  );
}
