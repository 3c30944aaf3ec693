import { type Address, Transport } from "./transport.ts";

/** How a client names the device it means. */
export type Target =
  | { by: "any" }
  | { by: "usb" }
  | { by: "serial"; serial: string }
  | { by: "id"; id: number };

/** A request that fails for a reason the client is told. */
export class RequestFailure extends Error {}

/** Every device the server knows, in the order they came. */
export class Transports {
  readonly #bySerial = new Map<string, Transport>();
  readonly #connecting = new Map<string, Promise<Transport>>();
  readonly #watchers = new Set<() => void>();
  #nextId = 1;

  /** Connects to an adb daemon and keeps it under the serial. A device of that serial is replaced. */
  add(serial: string, address: Address): Promise<Transport> {
    const key = `${serial} ${address.host}:${address.port}`;
    // Clients that ask for the same device at the same time share one attempt.
    const connecting = this.#connecting.get(key) ?? this.#connect(serial, address);
    this.#connecting.set(key, connecting);
    return connecting.finally(() => this.#connecting.delete(key));
  }

  get(serial: string): Transport | undefined {
    return this.#bySerial.get(serial);
  }

  all(): Transport[] {
    return [...this.#bySerial.values()];
  }

  /** The one device that is meant. Throws with adb's words where there is none, or more than one. */
  find(target: Target, anyState = false): Transport {
    const found = this.#matching(target);
    if (found.length > 1) throw new RequestFailure("more than one device/emulator");
    const [transport] = found;
    if (transport === undefined) throw new RequestFailure(notFound(target));
    if (!anyState && transport.state === "offline") throw new RequestFailure("device offline");
    return transport;
  }

  /** Calls back on every change of a device, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  closeAll(): void {
    for (const transport of this.all()) transport.close();
  }

  async #connect(serial: string, address: Address): Promise<Transport> {
    this.#bySerial.get(serial)?.close();
    const transport = new Transport(
      serial,
      address,
      () => this.#nextId++,
      (changed) => {
        if (changed.gone && this.#bySerial.get(serial) === changed) this.#bySerial.delete(serial);
        for (const watcher of this.#watchers) watcher();
      },
    );
    this.#bySerial.set(serial, transport);
    await transport.connect();
    return transport;
  }

  #matching(target: Target): Transport[] {
    switch (target.by) {
      case "any":
        return this.all();
      case "usb":
        return [];
      case "serial":
        return this.all().filter((transport) => transport.serial === target.serial);
      case "id":
        return this.all().filter((transport) => transport.id === target.id);
    }
  }
}

/** The texts of AOSP packages/modules/adb, transport.cpp: programs match on them. */
function notFound(target: Target): string {
  switch (target.by) {
    case "any":
      return "no devices/emulators found";
    case "usb":
      return "no devices found";
    case "serial":
      return `device '${target.serial}' not found`;
    case "id":
      return `no device with transport id '${target.id}'`;
  }
}

/** The rows of `adb devices`, short or with what the device says of itself. */
export function deviceList(transports: readonly Transport[], long: boolean): string {
  return transports.map((transport) => (long ? longRow(transport) : shortRow(transport))).join("");
}

function shortRow(transport: Transport): string {
  return `${transport.serial}\t${transport.state}\n`;
}

function longRow(transport: Transport): string {
  const parts = [
    ["product", clean(transport.product("name"), /[^\w\-./:]/g)],
    ["model", clean(transport.product("model"), /\W/g)],
    ["device", clean(transport.product("device"), /[^\w\-./:]/g)],
  ];
  const known = parts.filter(([, value]) => value !== "").map(([key, value]) => ` ${key}:${value}`);
  return `${transport.serial.padEnd(22)} ${transport.state}${known.join("")} transport_id:${transport.id}\n`;
}

function clean(value: string, unwanted: RegExp): string {
  return value.replace(unwanted, "_");
}
