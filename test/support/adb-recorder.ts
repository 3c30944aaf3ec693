import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands before an adb server and writes down what clients ask of devices, as it stands on the wire. */
export interface AdbRecorder {
  readonly port: number;
  /** Services such as `shell,v2,raw:input 'tap' '1' '2'`, in the order of their connections. */
  services(): string[];
  close(): Promise<void>;
}

export async function startAdbRecorder(serverPort: number): Promise<AdbRecorder> {
  const said: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(serverPort, "127.0.0.1");
    const bytes: Buffer[] = [];
    said.push(bytes);
    near.on("data", (chunk: Buffer) => bytes.push(chunk));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    services: () => said.flatMap((bytes) => serviceOf(Buffer.concat(bytes))),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Requests stand behind their length in four hexadecimal digits; the first that is no `host` is the device's. */
function serviceOf(bytes: Buffer): string[] {
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + Number.parseInt(bytes.toString("latin1", at, at + 4), 16);
    if (Number.isNaN(end)) return [];
    const request = bytes.toString("utf8", at + 4, end);
    if (!request.startsWith("host")) return [request];
    at = end;
  }
  return [];
}
