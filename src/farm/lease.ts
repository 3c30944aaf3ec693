import type { Device, DeviceSnapshots } from "../device/index.ts";
import { type AndroidGenError, infraError } from "../errors.ts";

/** The right of one episode to one device. */
export interface Lease {
  /** The opener's name. */
  readonly name: string;
  /** Grows with each lease of the pool: the holder of a lower token has lost the device. */
  readonly token: number;
  /**
   * Works while the lease holds; afterwards every call throws `LEASE_LOST` (class `infra`), also the ones
   * under way. Each call renews the lease. `close` leaves the device to the pool.
   */
  readonly device: Device;
  /** Says that the device is still needed though no call was made. */
  renew(): void;
  /** Gives the device back, with the failure of class `infra` that its holder met, if any. */
  release(failure?: AndroidGenError): Promise<void>;
}

/** A lease that ends by itself when it is not used for `leaseMs`. */
export class LeaseTerm {
  readonly #leaseMs: number;
  readonly #name: string;
  readonly #expired: (error: AndroidGenError) => void;
  readonly #lost: Promise<never>;
  #lose: (error: AndroidGenError) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(name: string, leaseMs: number, expired: (error: AndroidGenError) => void) {
    this.#name = name;
    this.#leaseMs = leaseMs;
    this.#expired = expired;
    this.#lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    // Only calls under way care; without one, its rejection must not count as unhandled.
    this.#lost.catch(() => {});
    this.renew();
  }

  get over(): boolean {
    return this.#over;
  }

  renew(): void {
    if (this.#over) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const error = infraError(
        "LEASE_EXPIRED",
        `Device ${this.#name} did nothing for ${this.#leaseMs} ms and was taken from its episode.`,
      );
      this.end();
      this.#expired(error);
    }, this.#leaseMs);
  }

  /** Ends the lease: calls under way and later ones throw. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#lose(this.#lossError());
  }

  async guard<T>(call: () => Promise<T>): Promise<T> {
    if (this.#over) throw this.#lossError();
    this.renew();
    const result = await Promise.race([call(), this.#lost]);
    this.renew();
    return result;
  }

  #lossError(): AndroidGenError {
    return infraError("LEASE_LOST", `The lease of device ${this.#name} is over.`);
  }
}

/** The device as its holder sees it. */
export function leasedDevice(device: Device, term: LeaseTerm): Device {
  const { snapshots, clipboard } = device;
  return {
    info: device.info,
    ...(snapshots === undefined ? {} : { snapshots: leasedSnapshots(snapshots, term) }),
    ...(clipboard && {
      clipboard: {
        get: () => term.guard(() => clipboard.get()),
        set: (text: string) => term.guard(() => clipboard.set(text)),
      },
    }),
    screen: () => term.guard(() => device.screen()),
    perform: (action, screen) => term.guard(() => device.perform(action, screen)),
    shell: (argv, options) => term.guard(() => device.shell(argv, options)),
    push: (content, remotePath, options) => term.guard(() => device.push(content, remotePath, options)),
    pull: (remotePath, options) => term.guard(() => device.pull(remotePath, options)),
    install: (apkPaths, options) => term.guard(() => device.install(apkPaths, options)),
    forward: (devicePort) => term.guard(() => device.forward(devicePort)),
    reverse: (devicePort, hostPort) => term.guard(() => device.reverse(devicePort, hostPort)),
    apps: () => term.guard(() => device.apps()),
    close: async () => {},
  };
}

function leasedSnapshots(snapshots: DeviceSnapshots, term: LeaseTerm): DeviceSnapshots {
  return {
    list: () => term.guard(() => snapshots.list()),
    save: (name) => term.guard(() => snapshots.save(name)),
    load: (name) => term.guard(() => snapshots.load(name)),
    delete: (name) => term.guard(() => snapshots.delete(name)),
  };
}
