import type { Socket } from "node:net";
import { AndroidGenError, infraError } from "../../errors.ts";
import { readIdentity } from "./probe.ts";
import { Recall } from "./recall.ts";
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
    const once = async (): Promise<T> => {
      const pin = await this.#pinned();
      const reached = (): void => {
        this.#mustHold(pin);
        happened = true;
      };
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

  #routeTo({ transportId }: Sighting, reached: () => void): AdbRoute {
    const { serial, features } = this;
    const { address } = this.#options;
    return pinnedRoute({ address, serial, features, transportId, reached });
  }

  /** A server that was started anew counts from 1 again: the number may be that of another device by now. */
  #mustHold(pin: Sighting): void {
    if (!this.#watch.holds(pin))
      throw infraError("DEVICE_GONE", `the connection with ${this.serial} is over`);
  }

  /** The connection to use; everybody who needs a new one waits for the same. */
  async #pinned(): Promise<Sighting> {
    if (this.#pin !== undefined && this.#watch.holds(this.#pin)) return this.#pin;
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
    const { address, patience } = this.#options;
    const recall = new Recall(address, this.serial, patience.reconnectMs);
    const waitedMs = { serverMs: 0, absentMs: 0, offlineMs: 0 };
    for (let before = performance.now(); ;) {
      const { pin, failure, away } = await this.#look();
      if (pin !== undefined) {
        this.#pin = pin;
        this.#given = false;
        recall.found();
        return pin;
      }
      const now = performance.now();
      waitedMs[away] += now - before;
      before = now;
      // Also for a device that nobody waits for, so that it is there when it is wanted again.
      const seen = this.#watch.sighting(this.serial);
      const asked = away !== "serverMs" && (await recall.ask(seen, waitedMs.offlineMs));
      if (!asked && (this.#given || waitedMs[away] >= patience[away])) {
        this.#given = true;
        throw failure;
      }
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
    if (this.#watch.isShared(this.serial)) throw shared(this.serial);
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
    const route = this.#routeTo(seen, () => this.#mustHold(seen));
    const identity = await readIdentity(transportOver(route), timeoutMs);
    this.#mustHold(seen);
    this.#identity ??= identity;
    if (identity !== this.#identity) {
      throw infraError(
        "DEVICE_CHANGED",
        `${this.serial} is another device than it was: it is not used for what was begun on the first one`,
      );
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

function shared(serial: string): AndroidGenError {
  return infraError(
    "DEVICE_AMBIGUOUS",
    `two devices have the serial ${serial}, and nobody can tell which of them is meant: leave one of them unplugged`,
  );
}
