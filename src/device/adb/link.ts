import type { Socket } from "node:net";
import { AndroidGenError, infraError } from "../../errors.ts";
import { readIdentity } from "./probe.ts";
import { pinnedRoute } from "./route.ts";
import { type AdbAddress, type AdbConnection, type Bounded, query } from "./server.ts";
import { type AdbRoute, type Conversation, transportOver } from "./transport.ts";
import { type DeviceWatch, type Sighting, holdWatch } from "./watch.ts";

/** How long a device that went away is waited for, in milliseconds. */
export interface Patience {
  /** The adb server does not answer. */
  serverMs: number;
  /** The server does not have the device. */
  absentMs: number;
  /** The server has the device, but cannot talk with it. */
  offlineMs: number;
  /** Offline, until the server is asked to connect anew. */
  reconnectMs: number;
}

export interface LinkOptions {
  address: AdbAddress;
  serial: string;
  /** Bound of one look at the device. */
  commandMs: number;
  patience: Patience;
}

/** A device that can be used, or why not and which patience that is a matter of. */
type Look =
  | { pin: Sighting; failure?: undefined; away?: undefined }
  | { pin?: undefined; failure: unknown; away: "serverMs" | "absentMs" | "offlineMs" };

/** The device may come back without being told of, as when only our connection to it broke. */
const lookMs = 250;
/** Between two requests to connect with a device by its network address. */
const connectMs = 2000;

/**
 * The way to one device that outlives the loss of its connection, of the device and of the adb server.
 *
 * Each time the device comes back, it must show that it is the same before it is used: another one is
 * `DEVICE_CHANGED`. What only looks is made again after a loss; what may have happened already is not, and throws
 * `DEVICE_GONE` or `ADB_UNREACHABLE`. All are of class `infra`.
 */
export class DeviceLink implements AdbRoute {
  readonly serial: string;
  features: readonly string[] = [];
  readonly #options: LinkOptions;
  readonly #watch: DeviceWatch;
  readonly #release: () => void;
  #identity: string | undefined;
  /** The connection that was seen to be with our device. */
  #pin: Sighting | undefined;
  #recovering: Promise<Sighting> | undefined;
  /** It was waited for in vain: until it is seen again, nobody waits for it once more. */
  #given = false;
  #closed = false;

  private constructor(options: LinkOptions) {
    this.serial = options.serial;
    this.#options = options;
    const { watch, release } = holdWatch(options.address);
    this.#watch = watch;
    this.#release = release;
  }

  /** The device as it is now, without waiting for one that is not there. */
  static async open(options: LinkOptions): Promise<DeviceLink> {
    const link = new DeviceLink(options);
    try {
      link.#given = true;
      await link.#pinned();
      link.#given = false;
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  service<T>(
    name: string,
    conversation: Conversation,
    use: (connection: AdbConnection, socket: Socket) => Promise<T>,
  ): Promise<T> {
    return this.#talk(conversation, (route) => route.service(name, conversation, use));
  }

  host<T>(
    command: string,
    conversation: Conversation,
    use: (connection: AdbConnection) => Promise<T>,
  ): Promise<T> {
    return this.#talk(conversation, (route) => route.host(command, conversation, use));
  }

  async #talk<T>({ repeatable }: Conversation, talk: (route: AdbRoute) => Promise<T>): Promise<T> {
    let happened = false;
    const reached = (): void => {
      happened = true;
    };
    const once = async (): Promise<T> => {
      const pin = await this.#pinned();
      try {
        return await talk(this.#routeTo(pin, reached));
      } catch (error) {
        if (isLoss(error) && this.#pin === pin) this.#pin = undefined;
        throw error;
      }
    };
    try {
      return await once();
    } catch (error) {
      if (!isLoss(error) || this.#given || (happened && !repeatable)) throw error;
    }
    return once();
  }

  #routeTo({ transportId }: Sighting, reached?: () => void): AdbRoute {
    const { serial, features } = this;
    const { address } = this.#options;
    return pinnedRoute({ address, serial, features, transportId, ...(reached && { reached }) });
  }

  /** The connection to use; everybody who needs a new one waits for the same. */
  async #pinned(): Promise<Sighting> {
    const seen = this.#watch.sighting(this.serial);
    if (this.#pin !== undefined && seen?.arrival === this.#pin.arrival) return this.#pin;
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  /**
   * Each state has a bound of its own, for the time that was spent in it: a device that adb was asked to connect with
   * anew goes from offline to absent, and an emulator that restarts goes through all of them.
   */
  async #recover(): Promise<Sighting> {
    const { patience } = this.#options;
    const since = performance.now();
    const waitedMs = { serverMs: 0, absentMs: 0, offlineMs: 0 };
    const asked = { reconnect: false, connectAt: 0 };
    for (let before = since; ;) {
      const { pin, failure, away } = await this.#look();
      if (pin !== undefined) {
        this.#pin = pin;
        this.#given = false;
        return pin;
      }
      const now = performance.now();
      waitedMs[away] += now - before;
      before = now;
      if (this.#given || waitedMs[away] >= patience[away]) {
        this.#given = true;
        throw failure;
      }
      await this.#nudge(now - since, asked);
      await this.#watch.change(lookMs);
    }
  }

  /** The device, or why it cannot be used now. */
  async #look(): Promise<Look> {
    const { commandMs, address } = this.#options;
    // Whoever still waits would have the watch opened again, and nobody would close it.
    if (this.#closed) throw infraError("DEVICE_CLOSED", `${this.serial} is used after it was closed`);
    try {
      await this.#watch.start(commandMs);
    } catch (failure) {
      if (!isLoss(failure)) throw failure;
      return { failure, away: "serverMs" };
    }
    const seen = this.#watch.sighting(this.serial);
    if (seen === undefined) {
      const failure = infraError(
        "DEVICE_GONE",
        `the adb server at ${address.host}:${address.port} does not have ${this.serial} any more`,
      );
      return { failure, away: "absentMs" };
    }
    if (seen.state !== "device") return { failure: unusable(seen), away: "offlineMs" };
    try {
      await this.#check(seen);
      return { pin: seen };
    } catch (failure) {
      if (!isLoss(failure)) throw failure;
      return { failure, away: "absentMs" };
    }
  }

  /** Throws `DEVICE_CHANGED` where this is another device than before. */
  async #check(seen: Sighting): Promise<void> {
    const { address, commandMs: timeoutMs } = this.#options;
    const bounded: Bounded = { address, timeoutMs, what: `looking at ${this.serial}` };
    const features = await query(bounded, `host-transport-id:${seen.transportId}:features`);
    this.features = features.split(",").filter((feature) => feature !== "");
    const identity = await readIdentity(transportOver(this.#routeTo(seen)), timeoutMs);
    this.#identity ??= identity;
    if (identity !== this.#identity) {
      throw infraError(
        "DEVICE_CHANGED",
        `${this.serial} is another device than it was: it is not used for what was begun on the first one`,
      );
    }
  }

  /** What an adb server does not do by itself to get a device back. It is never stopped or started. */
  async #nudge(waitedMs: number, asked: { reconnect: boolean; connectAt: number }): Promise<void> {
    const seen = this.#watch.sighting(this.serial);
    const { address, patience } = this.#options;
    const bounded: Bounded = { address, timeoutMs: connectMs, what: `reconnecting ${this.serial}` };
    try {
      if (seen === undefined && isNetworkAddress(this.serial) && waitedMs >= asked.connectAt) {
        // A server that was started anew, or that was asked to reconnect, forgets whom it had connected to.
        asked.connectAt = waitedMs + connectMs;
        await query(bounded, `host:connect:${this.serial}`);
      } else if (seen?.state === "offline" && waitedMs >= patience.reconnectMs && !asked.reconnect) {
        asked.reconnect = true;
        await query(bounded, `host-serial:${this.serial}:reconnect`);
      }
    } catch (error) {
      // Whether it helped is seen at the next look, which also tells what is wrong if it did not.
      if (!AndroidGenError.isInstance(error)) throw error;
    }
  }
}

function unusable({ serial, state }: Sighting): AndroidGenError {
  if (state === "unauthorized" || state === "authorizing") {
    return infraError(
      "DEVICE_UNAUTHORIZED",
      `${serial} has not allowed this computer to debug it: confirm it on the device's screen`,
    );
  }
  if (state === "no permissions") {
    const mend = "let its user use USB devices (on Linux by udev rules), then plug the device in anew";
    return infraError("DEVICE_GONE", `the adb server has no permissions for ${serial}: ${mend}`);
  }
  return infraError("DEVICE_GONE", `${serial} is ${state}: the adb server cannot talk with it`);
}

function isLoss(error: unknown): boolean {
  return AndroidGenError.isInstance(error) && ["DEVICE_GONE", "ADB_UNREACHABLE"].includes(error.code);
}

/** `192.168.1.7:5555` or `[::1]:5555`; names of services that adb found by itself have no port. */
function isNetworkAddress(serial: string): boolean {
  return /:\d+$/u.test(serial);
}
