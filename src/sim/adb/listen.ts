import { createServer, type Socket } from "node:net";

export interface Listener {
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * A TCP server that owns its connections. Nothing of the simulator is meant for other machines, so
 * it listens on loopback unless a host is named. Throws what `listen` throws, such as `EADDRINUSE`.
 */
export async function listen(
  onConnection: (socket: Socket) => void,
  options: { port?: number; host?: string } = {},
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that resets its connection has left; "close" follows and is what everybody acts on.
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening without a TCP port");
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
