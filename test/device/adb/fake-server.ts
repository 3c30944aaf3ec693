import { createServer, type Socket } from "node:net";
import type { AdbAddress } from "../../../src/device/index.ts";

/** What a fake adb server does with one request: a text is its answer, a function has the socket. */
export type Handler = string | ((socket: Socket) => void);

export interface FakeAdbServer {
  address: AdbAddress;
  requests: string[];
  close(): Promise<void>;
}

/** Speaks adb's smart-socket framing and nothing else: `serve` says what each request gets. */
export async function startFakeAdbServer(serve: (request: string) => Handler): Promise<FakeAdbServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    let buffer = Buffer.alloc(0);
    let handedOver = false;
    socket.on("data", (chunk: Buffer) => {
      if (handedOver) return;
      buffer = Buffer.concat([buffer, chunk]);
      while (!handedOver && buffer.length >= 4) {
        const length = Number.parseInt(buffer.toString("latin1", 0, 4), 16);
        if (buffer.length < 4 + length) return;
        const request = buffer.toString("utf8", 4, 4 + length);
        buffer = buffer.subarray(4 + length);
        requests.push(request);
        const handler = request.startsWith("host:transport-id:") ? okay : serve(request);
        if (typeof handler === "string") socket.write(handler);
        else {
          handedOver = handler !== okay;
          handler(socket);
        }
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as { port: number };
  return {
    address: { host: "127.0.0.1", port },
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function okay(socket: Socket): void {
  socket.write("OKAY");
}

export function withLength(text: string): string {
  return `${Buffer.byteLength(text).toString(16).padStart(4, "0")}${text}`;
}
