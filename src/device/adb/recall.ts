import { AndroidGenError } from "../../errors.ts";
import { consolePortOf } from "../console.ts";
import { type AdbAddress, query } from "./server.ts";
import type { Sighting } from "./watch.ts";

/** Bound of a request, and between two requests to connect with a device. */
const connectMs = 2000;

/** The devices that this process has had, each with its adb server. */
const had = new Set<string>();

/** What an adb server does not do by itself to get one device back. It is never stopped or started. */
export class Recall {
  readonly #address: AdbAddress;
  readonly #serial: string;
  readonly #reconnectMs: number;
  #reconnected = false;
  /** As `performance.now()` tells it. */
  #connectAt = 0;

  /** @param reconnectMs how long a device is left offline. */
  constructor(address: AdbAddress, serial: string, reconnectMs: number) {
    this.#address = address;
    this.#serial = serial;
    this.#reconnectMs = reconnectMs;
  }

  /** Says that the device is there. */
  found(): void {
    had.add(this.#key());
  }

  #key(): string {
    return `${this.#address.host}:${this.#address.port} ${this.#serial}`;
  }

  /**
   * True where the server was asked for something. Whether it helped is seen at the next look.
   * @param offlineMs how long the device has been offline.
   */
  async ask(seen: Sighting | undefined, offlineMs: number): Promise<boolean> {
    const connect = this.#connectRequest();
    if (seen === undefined && connect !== undefined && performance.now() >= this.#connectAt) {
      await this.#send(connect);
      // From its end: a device that is switched off lets each request wait as long as the pause between two.
      this.#connectAt = performance.now() + connectMs;
      return true;
    }
    if (seen?.state === "offline" && offlineMs >= this.#reconnectMs && !this.#reconnected) {
      this.#reconnected = true;
      await this.#send(`host-transport-id:${seen.transportId}:reconnect`);
      return true;
    }
    return false;
  }

  async #send(request: string): Promise<void> {
    const what = `reconnecting ${this.#serial}`;
    try {
      await query({ address: this.#address, timeoutMs: connectMs, what }, request);
    } catch (error) {
      // The next look also tells what is wrong. `host:emulator` has no answer at all.
      if (!AndroidGenError.isInstance(error)) throw error;
    }
  }

  /**
   * What has the server look for a device that it has lost (AOSP packages/modules/adb, transport_emulator.cpp and
   * transport_mdns.cpp): one that was connected by its address is forgotten by a server that was started anew or asked
   * to reconnect; one found by mDNS is connected with when it announces itself, not when its connection broke;
   * emulators are looked for when the server starts, on 16 ports, and for a minute where one was lost. An emulator is
   * named by nothing but a port, so one that this server never had may be somebody else's.
   */
  #connectRequest(): string | undefined {
    const consolePort = consolePortOf(this.#serial);
    if (consolePort !== undefined)
      return had.has(this.#key()) ? `host:emulator:${consolePort + 1}` : undefined;
    return /:\d+$|\._adb(?:-tls-connect)?\._tcp$/u.test(this.#serial)
      ? `host:connect:${this.#serial}`
      : undefined;
  }
}
