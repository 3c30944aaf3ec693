import type { Device } from "../device/index.ts";
import { AndroidGenError, errorMessage, errorReport, infraError } from "../errors.ts";
import type { FileLock } from "../file-lock.ts";
import type { FarmListener } from "./events.ts";

/** How a device of the pool is reached. It is opened again after it failed. */
export interface DeviceOpener {
  /** Serial or address, known before the device is. */
  name: string;
  /** Keeps other programs from the device. It is taken before the first opening and held until the pool closes. */
  lock?(): Promise<FileLock>;
  open(): Promise<Device>;
}

export interface HealthOptions {
  /** Failures in a row after which a device is left alone for a while. */
  quarantineAfter: number;
  /** Waits before it is opened again; the last one repeats. */
  reopenDelaysMs: readonly number[];
}

/**
 * - `closed`: it failed lately and is opened again when it is needed.
 * - `quarantined`: it failed too often, or cannot be opened; it is opened again after a wait.
 */
export type SlotState = "closed" | "opening" | "idle" | "leased" | "quarantined" | "gone";

/** One device of the pool and its health. */
export class DeviceSlot {
  readonly name: string;
  state: SlotState = "closed";
  lastError: AndroidGenError | undefined;
  #device: Device | undefined;
  #failures = 0;
  /** Quarantines since it last did well: they set the wait before it is opened again. */
  #quarantines = 0;
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #lock: FileLock | undefined;
  readonly #opener: DeviceOpener;
  readonly #options: HealthOptions;
  readonly #emit: FarmListener;
  readonly #changed: () => void;

  constructor(opener: DeviceOpener, options: HealthOptions, emit: FarmListener, changed: () => void) {
    this.name = opener.name;
    this.#opener = opener;
    this.#options = options;
    this.#emit = emit;
    this.#changed = changed;
  }

  /** The open device; undefined while it is not. */
  get device(): Device | undefined {
    return this.#device;
  }

  /** Opens a closed device. Never throws: a failure puts it into quarantine. */
  async open(): Promise<void> {
    this.state = "opening";
    this.#opening = this.#tryToOpen();
    await this.#opening;
    this.#changed();
  }

  async #tryToOpen(): Promise<void> {
    try {
      this.#lock ??= await this.#opener.lock?.();
      const device = await this.#opener.open();
      if (this.#isGone()) return await device.close();
      this.#device = device;
      this.state = "idle";
      this.#emit({ type: "device-opened", device: this.name, info: device.info });
    } catch (thrown) {
      if (this.#isGone()) return;
      this.#failures++;
      this.#quarantine(asDeviceError(thrown, this.name));
    }
  }

  /** Back from a lease that found no fault with it. */
  recovered(): void {
    if (this.#isGone()) return;
    this.#failures = 0;
    this.#quarantines = 0;
    this.state = "idle";
  }

  /** Back from a lease during which it failed: it is closed, and opened anew or left alone for a while. */
  async failed(error: AndroidGenError): Promise<void> {
    this.#failures++;
    await this.#closeDevice();
    if (this.#isGone()) return;
    if (this.#failures >= this.#options.quarantineAfter) return this.#quarantine(error);
    this.lastError = error;
    this.state = "closed";
    this.#emit({
      type: "device-failed",
      device: this.name,
      error: errorReport(error),
      failures: this.#failures,
    });
  }

  #quarantine(error: AndroidGenError): void {
    const { reopenDelaysMs } = this.#options;
    const retryInMs = reopenDelaysMs[Math.min(this.#quarantines++, reopenDelaysMs.length - 1)] ?? 0;
    this.lastError = error;
    this.state = "quarantined";
    this.#timer = setTimeout(() => void this.open(), retryInMs);
    this.#emit({
      type: "device-quarantined",
      device: this.name,
      error: errorReport(error),
      failures: this.#failures,
      retryInMs,
    });
  }

  async #closeDevice(): Promise<void> {
    const device = this.#device;
    this.#device = undefined;
    try {
      await device?.close();
    } catch (thrown) {
      // A device that failed may fail to close as well: that is told, and changes nothing.
      const error = asDeviceError(thrown, this.name);
      this.#emit({
        type: "device-failed",
        device: this.name,
        error: errorReport(error),
        failures: this.#failures,
      });
    }
  }

  async close(): Promise<void> {
    this.state = "gone";
    clearTimeout(this.#timer);
    await this.#opening;
    await this.#closeDevice();
    this.#lock?.release();
  }

  /** A function, because the state changes while others are awaited. */
  #isGone(): boolean {
    return this.state === "gone";
  }
}

function asDeviceError(thrown: unknown, name: string): AndroidGenError {
  if (AndroidGenError.isInstance(thrown)) return thrown;
  return infraError("DEVICE_FAILED", `Device ${name} failed: ${errorMessage(thrown)}`, thrown);
}
