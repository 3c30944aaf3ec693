import { connect, type Socket } from "node:net";
import { infraError, errorMessage } from "../../../errors.ts";
import { type Banner, features } from "../protocol/banner.ts";
import { AdbConnection } from "../protocol/connection.ts";
import { joinStreams } from "../protocol/join.ts";
import type { AdbStream } from "../protocol/stream.ts";

/** How long a device may take to accept a connection and answer the first packet. */
const connectTimeoutMs = 10_000;
/** A lost device is looked for this often, at this distance, before it is forgotten. */
const reconnectAttempts = 5;
const reconnectDelayMs = 200;

const hostBanner: Banner = { type: "host", properties: {}, features };

export interface Address {
  host: string;
  port: number;
}

/** One device as the server knows it: an address, and a connection to it while it is online. */
export class Transport {
  readonly serial: string;
  readonly address: Address;
  readonly #nextId: () => number;
  readonly #changed: (transport: Transport) => void;
  readonly #closing = new AbortController();
  #connection: AdbConnection | undefined;
  #banner: Banner | undefined;
  #id: number;

  /**
   * @param nextId numbers connections, never the same twice.
   * @param changed called when the state changes, and once more when the device is given up.
   */
  constructor(
    serial: string,
    address: Address,
    nextId: () => number,
    changed: (transport: Transport) => void,
  ) {
    this.serial = serial;
    this.address = address;
    this.#nextId = nextId;
    this.#id = nextId();
    this.#changed = changed;
  }

  get state(): "device" | "offline" {
    return this.#connection === undefined ? "offline" : "device";
  }

  /** Of this connection: another one after a loss, so that clients can wait for its end. */
  get id(): number {
    return this.#id;
  }

  get features(): readonly string[] {
    return this.#banner?.features ?? [];
  }

  /** A `ro.product.` property of the banner. */
  product(key: "name" | "model" | "device"): string {
    return this.#banner?.properties[`ro.product.${key}`] ?? "";
  }

  /** True once the device is given up or disconnected. */
  get gone(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Connects for the first time. Throws `ADB_CONNECT` where nothing answers as an adb daemon does. */
  async connect(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      this.close();
      const where = `${this.address.host}:${this.address.port}`;
      throw infraError("ADB_CONNECT", `cannot connect to ${where}: ${errorMessage(error)}`, error);
    }
  }

  /** Opens a service on the device. Throws where it is offline or refuses. */
  async openStream(service: string): Promise<AdbStream> {
    if (this.#connection === undefined) throw new Error("device offline (transport offline)");
    return await this.#connection.open(service);
  }

  /** Drops the connection and makes a new one. */
  reconnect(): void {
    this.#connection?.close();
  }

  close(): void {
    if (this.gone) return;
    this.#closing.abort();
    this.#connection?.close();
    this.#connection = undefined;
    this.#changed(this);
  }

  async #open(): Promise<void> {
    await this.#greet(await openSocket(this.address, this.#closing.signal));
  }

  /** Says hello over a new socket. Throws where there is no answer. */
  async #greet(socket: Socket): Promise<void> {
    const connection = new AdbConnection(socket, { banner: hostBanner, accept: acceptReverse });
    const abort = () => connection.close();
    this.#closing.signal.addEventListener("abort", abort, { once: true });
    try {
      this.#banner = await connection.connect(connectTimeoutMs);
    } catch (error) {
      connection.close();
      throw error;
    } finally {
      this.#closing.signal.removeEventListener("abort", abort);
    }
    if (this.gone) {
      connection.close();
      throw new Error("disconnected");
    }
    this.#connection = connection;
    this.#changed(this);
    void connection.closed.then(() => this.#lost());
  }

  /**
   * Goes offline and tries to come back: as long as something listens there, as adb does with a
   * device that is connected but dumb, and for a while where nothing does.
   */
  async #lost(): Promise<void> {
    if (this.gone) return;
    this.#connection = undefined;
    this.#id = this.#nextId();
    this.#changed(this);
    for (let refused = 0; refused < reconnectAttempts;) {
      await pause(reconnectDelayMs, this.#closing.signal);
      if (this.gone) return;
      let socket: Socket | undefined;
      try {
        socket = await openSocket(this.address, this.#closing.signal);
        await this.#greet(socket);
        return;
      } catch {
        // Still away, which its state tells. When nothing listens any more the device disappears.
        refused = socket === undefined ? refused + 1 : 0;
      }
    }
    this.close();
  }
}

/** What a device opens on its host: the other end of a reverse forward, a port of this machine. */
function acceptReverse(service: string): ((stream: AdbStream) => void) | undefined {
  const port = /^tcp:(\d{1,5})$/u.exec(service)?.[1];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return (stream) => joinStreams(stream, connect({ host: "127.0.0.1", port: Number(port) }));
}

function openSocket(address: Address, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, noDelay: true });
    const fail = (error: Error) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      reject(error);
    };
    const onAbort = () => fail(new Error("disconnected"));
    const timer = setTimeout(
      () => fail(new Error(`no connection within ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("error", fail);
    socket.once("connect", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(socket);
    });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
