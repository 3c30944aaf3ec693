import { duplexPair, type Duplex } from "node:stream";

/** The phone's own loopback: which TCP ports something listens on. */
export interface DevicePorts {
  /** Hands every connection to `accept` until it is stopped; 0 is any free port. Throws where one is taken. */
  listen(port: number, accept: (connection: Duplex) => void): DeviceListener;
  /** The client's end, or undefined where nothing listens. */
  connect(port: number): Duplex | undefined;
}

export interface DeviceListener {
  readonly port: number;
  stop(): void;
}

/** Where Linux begins to give out ports. */
const firstFree = 32_768;

export function createPorts(): DevicePorts {
  const listeners = new Map<number, (connection: Duplex) => void>();
  const freePort = (): number => {
    let port = firstFree;
    while (listeners.has(port)) port++;
    return port;
  };
  return {
    listen(wanted, accept) {
      const port = wanted === 0 ? freePort() : wanted;
      if (listeners.has(port))
        throw Object.assign(new Error(`port ${port} of the device is taken`), { code: "EADDRINUSE" });
      listeners.set(port, accept);
      return { port, stop: () => void listeners.delete(port) };
    },
    connect(port) {
      const accept = listeners.get(port);
      if (accept === undefined) return undefined;
      const [client, server] = duplexPair();
      // An end that is torn down closes the other; "close" tells who holds it.
      for (const [end, other] of [
        [client, server],
        [server, client],
      ] as const) {
        end.on("error", () => undefined);
        end.once("close", () => other.destroy());
      }
      accept(server);
      return client;
    },
  };
}
