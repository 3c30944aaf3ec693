import type { Socket } from "node:net";
import type { Faults } from "../../faults.ts";
import type { AdbHost } from "../host.ts";
import { listen } from "../listen.ts";
import { features } from "../protocol/banner.ts";
import { AdbConnection } from "../protocol/connection.ts";
import type { AdbStream } from "../protocol/stream.ts";
import { createReverses } from "./reverse.ts";
import { findService, type Service } from "./services.ts";

export interface Adbd {
  readonly port: number;
  /** Drops every connection but goes on listening: what a client sees when adbd crashes. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface AdbdOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Loopback by default. */
  listenHost?: string;
}

/** The adb daemon of a simulated device, over TCP. */
export async function startAdbd(host: AdbHost, options: AdbdOptions = {}): Promise<Adbd> {
  const connections = new Set<AdbConnection>();
  const dropConnections = () => {
    for (const connection of connections) connection.close();
  };
  // The phone's shell is root's, as after `adb root`.
  const control = { root: true, restart: dropConnections };
  const banner = {
    type: "device",
    properties: {
      "ro.product.name": host.product.name,
      "ro.product.model": host.product.model,
      "ro.product.device": host.product.device,
    },
    features,
  };

  const listener = await listen(
    (socket) => {
      const connection = new AdbConnection(socket, {
        banner,
        beforeConnect: async () => {
          await whileOffline(host.faults, socket);
          await host.delay("connect");
        },
        accept: (name) => {
          const service = findService(name, host, control, reverses);
          return service === undefined ? undefined : (stream) => serve(service, stream);
        },
      });
      const reverses = createReverses(host.ports, (service) => connection.open(service));
      connections.add(connection);
      void connection.closed.then(() => connections.delete(connection));
      void connection.closed.then(() => reverses.close());
    },
    { port: options.port ?? 0, ...(options.listenHost === undefined ? {} : { host: options.listenHost }) },
  );
  let timer: NodeJS.Timeout | undefined;
  let offline = false;
  const unwatch = host.faults.watch(() => {
    const fault = host.faults.list().find(({ name }) => name === "offline");
    if (fault && !offline) {
      dropConnections();
      if (fault.ms !== undefined) timer = setTimeout(() => host.faults.clear("offline"), fault.ms);
    }
    if (!fault) clearTimeout(timer);
    offline = fault !== undefined;
  });
  const close = () => {
    unwatch();
    clearTimeout(timer);
    return listener.close();
  };
  return { port: listener.port, dropConnections, close };
}

/**
 * Lets a client wait for its answer while the fault lasts. A server calls a connected device `offline`
 * until it has its CNXN (AOSP packages/modules/adb, transport.cpp), and comes back by itself with it.
 */
function whileOffline(faults: Faults, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      unwatch();
      resolve();
    };
    const unwatch = faults.watch(() => {
      if (!faults.active("offline")) done();
    });
    if (!faults.active("offline")) done();
    else socket.once("close", done);
  });
}

/** A service that fails closes its stream; the client sees the stream end too early. */
function serve(service: Service, stream: AdbStream): void {
  Promise.resolve(service(stream)).catch(() => stream.destroy());
}
