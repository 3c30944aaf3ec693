import { AndroidGenError, configError, infraError } from "../errors.ts";
import type { FarmListener } from "./events.ts";
import { type Lease, leasedDevice, LeaseTerm } from "./lease.ts";
import { type DeviceOpener, DeviceSlot, type HealthOptions, type SlotState } from "./slot.ts";

export interface PoolOptions extends Partial<HealthOptions> {
  /** A lease ends when its device is not used for this long; 15 minutes without it. */
  leaseMs?: number;
  /** How long every device may be in quarantine before waiters are turned away; 10 minutes without it. */
  giveUpMs?: number;
}

export interface AcquireOptions {
  /** Name of a device to be kept from, while there is another that works. */
  avoid?: string | undefined;
  /** Ends the wait. */
  signal?: AbortSignal;
}

export interface DevicePool {
  /** Devices, working or not. */
  readonly size: number;
  /**
   * Opens all devices at once. Those that fail are tried again later; where all fail it throws
   * `NO_DEVICE_REACHED` (class `config`), or the error they have in common.
   */
  open(): Promise<void>;
  /**
   * Waits for a free device, first come first served. Throws `NO_DEVICE_LEFT` (class `infra`) when all are
   * out of order for too long, `POOL_CLOSED`, or the signal's reason.
   */
  acquire(options?: AcquireOptions): Promise<Lease>;
  status(): { name: string; state: SlotState; error?: string }[];
  /** Returns a function that ends the subscription. */
  subscribe(listener: FarmListener): () => void;
  /** Turns waiters away and closes every device. */
  close(): Promise<void>;
}

interface Waiter {
  avoid: string | undefined;
  resolve(lease: Lease): void;
  reject(error: unknown): void;
}

/** A pool over devices that somebody else keeps running. */
export function createDevicePool(openers: readonly DeviceOpener[], options: PoolOptions = {}): DevicePool {
  return new Pool(openers, options);
}

class Pool implements DevicePool {
  readonly #slots: DeviceSlot[];
  readonly #leaseMs: number;
  readonly #giveUpMs: number;
  readonly #listeners = new Set<FarmListener>();
  readonly #terms = new Set<LeaseTerm>();
  #waiters: Waiter[] = [];
  #lastToken = 0;
  #giveUpTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(openers: readonly DeviceOpener[], options: PoolOptions) {
    const health = {
      quarantineAfter: options.quarantineAfter ?? 3,
      reopenDelaysMs: options.reopenDelaysMs ?? [2_000, 10_000, 30_000, 60_000, 300_000],
    };
    this.#leaseMs = options.leaseMs ?? 15 * 60_000;
    this.#giveUpMs = options.giveUpMs ?? 10 * 60_000;
    const emit: FarmListener = (event) => this.#listeners.forEach((listener) => listener(event));
    this.#slots = openers.map((opener) => new DeviceSlot(opener, health, emit, () => this.#dispatch()));
  }

  get size(): number {
    return this.#slots.length;
  }

  async open(): Promise<void> {
    if (this.size === 0)
      throw configError("NO_DEVICES", "There is no device to run on. Name some with --device.");
    await Promise.all(this.#slots.filter(({ state }) => state === "closed").map((slot) => slot.open()));
    if (this.#slots.some(({ state }) => state !== "quarantined")) return;
    const errors = this.#slots.map(({ lastError }) => lastError);
    const common = errors.find((error) => error?.class === "config");
    throw (
      common ?? configError("NO_DEVICE_REACHED", `No device can be reached. ${this.#complaints()}`, errors[0])
    );
  }

  acquire({ avoid, signal }: AcquireOptions = {}): Promise<Lease> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(poolClosed());
      if (signal?.aborted === true) return reject(asError(signal.reason));
      const abort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(asError(signal?.reason));
      };
      const waiter: Waiter = {
        avoid,
        resolve: (lease) => {
          signal?.removeEventListener("abort", abort);
          resolve(lease);
        },
        reject: (error) => {
          signal?.removeEventListener("abort", abort);
          reject(error);
        },
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#waiters.push(waiter);
      this.#dispatch();
    });
  }

  /** Gives free devices to waiters. Called whenever a device or a waiter changed. */
  #dispatch(): void {
    if (this.#closed) return;
    for (const waiter of this.#waiters) {
      const slot = this.#slots.find((slot) => slot.state === "idle" && this.#suits(slot, waiter));
      if (slot !== undefined) {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        waiter.resolve(this.#lease(slot));
      }
    }
    // Devices that failed lately are opened when somebody waits; opening ends in another dispatch.
    const wanted = this.#waiters.length - this.#slots.filter(({ state }) => state === "opening").length;
    const closed = this.#slots.filter(({ state }) => state === "closed").slice(0, Math.max(0, wanted));
    for (const slot of closed) void slot.open();
    this.#watchForTheEnd();
  }

  /** A device to be avoided will do only where no other is left. */
  #suits(slot: DeviceSlot, waiter: Waiter): boolean {
    if (slot.name !== waiter.avoid) return true;
    return this.#slots.every((other) => other === slot || other.state === "quarantined");
  }

  #watchForTheEnd(): void {
    const lost = this.#waiters.length > 0 && this.#slots.every(({ state }) => state === "quarantined");
    if (!lost) {
      // An attempt to open one again is no recovery yet.
      if (this.#slots.some(({ state }) => state === "idle" || state === "leased")) this.#stopGivingUp();
      return;
    }
    this.#giveUpTimer ??= setTimeout(() => {
      const error = infraError(
        "NO_DEVICE_LEFT",
        `All ${this.size} devices are out of order. ${this.#complaints()}`,
      );
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
      this.#stopGivingUp();
    }, this.#giveUpMs);
  }

  #stopGivingUp(): void {
    clearTimeout(this.#giveUpTimer);
    this.#giveUpTimer = undefined;
  }

  #lease(slot: DeviceSlot): Lease {
    slot.state = "leased";
    const end = async (failure?: AndroidGenError) => {
      this.#terms.delete(term);
      if (failure?.class === "infra") await slot.failed(failure);
      else slot.recovered();
      this.#dispatch();
    };
    const term = new LeaseTerm(slot.name, this.#leaseMs, (error) => void end(error));
    this.#terms.add(term);
    return {
      name: slot.name,
      token: ++this.#lastToken,
      device: leasedDevice(slot.device!, term),
      renew: () => term.renew(),
      release: async (failure) => {
        if (term.over) return;
        term.end();
        await end(failure);
      },
    };
  }

  status(): { name: string; state: SlotState; error?: string }[] {
    return this.#slots.map(({ name, state, lastError }) => ({
      name,
      state,
      ...(lastError === undefined ? {} : { error: lastError.message }),
    }));
  }

  subscribe(listener: FarmListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopGivingUp();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(poolClosed());
    for (const term of this.#terms) term.end();
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #complaints(): string {
    return this.#slots
      .map(({ name, lastError }) => `${name}: ${lastError?.message ?? "no reason"}`)
      .join(" ");
  }
}

function poolClosed(): AndroidGenError {
  return infraError("POOL_CLOSED", "The devices were closed.");
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
