import type { Socket } from "node:net";
import { errorMessage } from "../../../errors.ts";
import { type Listener, listen } from "../listen.ts";
import { joinStreams } from "../protocol/join.ts";
import type { Transport } from "./transport.ts";
import { RequestFailure, type Transports } from "./transports.ts";

interface Forward {
  transport: Transport;
  /** `tcp:PORT` on this machine. */
  local: string;
  /** A service of the device. */
  remote: string;
  listener: Listener;
}

/** Local ports that lead to services of devices. A forward ends with its device. */
export class Forwards {
  readonly #forwards = new Map<string, Forward>();
  readonly #stopWatching: () => void;

  constructor(transports: Transports) {
    this.#stopWatching = transports.watch(() => {
      for (const forward of this.#forwards.values()) {
        if (forward.transport.gone) void this.#close(forward);
      }
    });
  }

  /**
   * Listens on `local` (`tcp:0` for any port) for the device's `remote`; a forward of the same local
   * port is led elsewhere, unless `rebind` is false. Returns the port that was chosen for `tcp:0`.
   */
  async add(
    transport: Transport,
    local: string,
    remote: string,
    rebind: boolean,
  ): Promise<number | undefined> {
    const existing = this.#forwards.get(local);
    if (existing !== undefined) {
      if (!rebind) throw new RequestFailure("cannot rebind existing socket");
      Object.assign(existing, { transport, remote });
      return undefined;
    }
    const port = localPort(local);
    const forward: Omit<Forward, "listener" | "local"> = { transport, remote };
    let listener: Listener;
    try {
      listener = await listen((socket) => void open(socket, forward), { port });
    } catch (error) {
      throw new RequestFailure(`cannot bind listener: ${errorMessage(error)}`);
    }
    const name = `tcp:${listener.port}`;
    this.#forwards.set(name, Object.assign(forward, { local: name, listener }));
    return port === 0 ? listener.port : undefined;
  }

  async remove(local: string): Promise<void> {
    const forward = this.#forwards.get(local);
    if (forward === undefined) throw new RequestFailure(`listener '${local}' not found`);
    await this.#close(forward);
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#forwards.values()].map((forward) => this.#close(forward)));
  }

  /** Rows of `adb forward --list`. */
  list(): string {
    return [...this.#forwards.values()]
      .map(({ transport, local, remote }) => `${transport.serial} ${local} ${remote}\n`)
      .join("");
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await this.removeAll();
  }

  async #close(forward: Forward): Promise<void> {
    this.#forwards.delete(forward.local);
    await forward.listener.close();
  }
}

function localPort(local: string): number {
  const port = /^tcp:(\d{1,5})$/.exec(local)?.[1];
  if (port === undefined || Number(port) > 65_535) {
    throw new RequestFailure(`cannot bind listener: '${local}' is not tcp:PORT, all this server forwards`);
  }
  return Number(port);
}

/** A device that refuses the service shows to the client as a connection that ends at once. */
async function open(socket: Socket, forward: { transport: Transport; remote: string }): Promise<void> {
  try {
    joinStreams(socket, await forward.transport.openStream(forward.remote));
  } catch {
    socket.destroy();
  }
}
