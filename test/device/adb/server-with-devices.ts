import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AdbAddress } from "../../../src/device/index.ts";
import { withLength } from "./fake-server.ts";

interface PluggedDevice {
  serial: string;
  state: string;
  id: number;
  /** Its `ro.serialno`. */
  identity: string;
}

/** An adb server whose devices come, go and are exchanged as a test wants; they answer every command. */
export interface ServerWithDevices {
  readonly address: AdbAddress;
  readonly requests: string[];
  /** What reached a device, as `IDENTITY: command`; questions about the identity are left out. */
  readonly commands: string[];
  readonly watchers: number;
  /** So many of the next commands lose their connection before they answer. */
  breakNext: number;
  /** As a server that does not know `track-devices-l`. */
  old: boolean;
  /** As one whose device does not answer when it is connected with. */
  connectsForEver: boolean;
  onReconnect: (transportId: number) => void;
  /** Asked to connect with an address, or with the emulator of an adb port. */
  onConnect: (address: string) => void;
  /** Awaited before a transport is given. */
  beforeTransport: () => Promise<void>;
  /** Beside those that have the same serial. */
  plug(serial: string, identity: string): void;
  unplug(serial: string): void;
  offline(serial: string, state?: string): void;
  /** Under the transport id that it had. */
  online(serial: string, identity: string): void;
  /** Resolves when all that watch have been told what there is. */
  told(): Promise<void>;
  unwatched(): Promise<void>;
  /** Hangs up on all that watch, and resolves when they have noticed. */
  hangUp(): Promise<void>;
  /** Ends as a killed server does: every connection breaks, and it knows no device when it is back. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startServerWithDevices(): Promise<ServerWithDevices> {
  let devices: PluggedDevice[] = [];
  const sockets = new Set<Socket>();
  const watching = new Set<Socket>();
  let ids = 0;
  let server: Server = createServer(serve);

  const listen = async (port: number): Promise<number> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as { port: number }).port;
  };
  const rows = (): string =>
    devices.map(({ serial, state, id }) => `${serial} ${state} transport_id:${id}\n`).join("");
  const tell = (): void => {
    for (const socket of watching) socket.write(withLength(rows()));
  };
  const okay = (text = ""): string => `OKAY${text}`;
  const fail = (text: string): string => `FAIL${withLength(text)}`;

  function serve(socket: Socket): void {
    sockets.add(socket);
    let buffer = Buffer.alloc(0);
    let chosen: PluggedDevice | undefined;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      watching.delete(socket);
    });
    const serveAll = async (): Promise<void> => {
      while (buffer.length >= 4 && /^[\da-f]{4}$/u.test(buffer.toString("latin1", 0, 4))) {
        const end = 4 + Number.parseInt(buffer.toString("latin1", 0, 4), 16);
        if (buffer.length < end) return;
        const request = buffer.toString("utf8", 4, end);
        buffer = buffer.subarray(end);
        fake.requests.push(request);
        const transport = /^host:transport-id:(\d+)$/u.exec(request)?.[1];
        if (transport === undefined) return answer(request, socket, chosen);
        await fake.beforeTransport();
        chosen = withId(Number(transport));
        socket.write(chosen === undefined ? fail(`no device with transport id '${transport}'`) : okay());
      }
    };
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      void serveAll();
    });
  }

  const withId = (id: number): PluggedDevice | undefined =>
    devices.find((device) => device.id === id && device.state === "device");

  function answer(request: string, socket: Socket, chosen: PluggedDevice | undefined): void {
    const [, id] = /^host-transport-id:(\d+):features$/u.exec(request) ?? [];
    if (request === "host:track-devices-l") {
      if (fake.old) return void socket.end(fail("unknown host service"));
      watching.add(socket);
      socket.write(okay(withLength(rows())));
    } else if (id !== undefined) {
      const known = withId(Number(id)) !== undefined;
      socket.end(known ? okay(withLength("shell_v2,cmd")) : fail(`no device with transport id '${id}'`));
    } else if (request.endsWith(":reconnect")) {
      socket.end(okay(withLength("reconnecting")));
      fake.onReconnect(Number(/^host-transport-id:(\d+):reconnect$/u.exec(request)![1]!));
    } else if (request.startsWith("host:connect:")) {
      if (fake.connectsForEver) return;
      socket.end(okay(withLength("connected")));
      fake.onConnect(request.slice("host:connect:".length));
    } else if (request.startsWith("host:emulator:")) {
      socket.end();
      fake.onConnect(request.slice("host:emulator:".length));
    } else if (request.startsWith("shell,v2,raw:") && chosen !== undefined) {
      run(request.slice("shell,v2,raw:".length), socket, chosen);
    } else {
      socket.end(fail("closed"));
    }
  }

  function run(command: string, socket: Socket, { identity }: PluggedDevice): void {
    if (command.startsWith("getprop")) {
      const answers = [...command.matchAll(/getprop '([\w.]+)'/gu)].map(
        ([, name]) => `${name === "ro.serialno" ? identity : "same"}\n\n--androidgen--\n`,
      );
      return reply(socket, answers.join(""));
    }
    fake.commands.push(`${identity}: ${command}`);
    if (fake.breakNext > 0) {
      fake.breakNext--;
      return void socket.end(okay());
    }
    reply(socket, `${identity} did ${command}`);
  }

  function reply(socket: Socket, text: string): void {
    const packet = (kind: number, data: Buffer): Buffer => {
      const head = Buffer.alloc(5);
      head.writeUInt8(kind, 0);
      head.writeUInt32LE(data.length, 1);
      return Buffer.concat([head, data]);
    };
    socket.end(
      Buffer.concat([Buffer.from(okay()), packet(1, Buffer.from(text)), packet(3, Buffer.from([0]))]),
    );
  }

  const port = await listen(0);
  const stop = async (): Promise<void> => {
    devices = [];
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  const fake: ServerWithDevices = {
    address: { host: "127.0.0.1", port },
    requests: [],
    commands: [],
    breakNext: 0,
    old: false,
    connectsForEver: false,
    onReconnect: () => {},
    onConnect: () => {},
    beforeTransport: async () => {},
    get watchers() {
      return watching.size;
    },
    plug(serial, identity) {
      devices.push({ serial, state: "device", id: ++ids, identity });
      tell();
    },
    unplug(serial) {
      const gone = devices.find((device) => device.serial === serial);
      devices = devices.filter((device) => device !== gone);
      tell();
    },
    offline(serial, state = "offline") {
      devices.find((device) => device.serial === serial)!.state = state;
      tell();
    },
    online(serial, identity) {
      Object.assign(
        devices.find((device) => device.serial === serial)!,
        { state: "device", identity },
      );
      tell();
    },
    async told() {
      // What was written before this connection is answered has been read by then.
      const probe = connect(port, "127.0.0.1");
      probe.write(withLength("host:track-devices-l"));
      await once(probe, "data");
      probe.destroy();
    },
    async unwatched() {
      await Promise.all([...watching].map((socket) => once(socket, "close")));
    },
    async hangUp() {
      const gone = [...watching].map((socket) => once(socket, "close"));
      for (const socket of watching) socket.end();
      await Promise.all(gone);
    },
    stop,
    async restart() {
      server = createServer(serve);
      await listen(port);
    },
    async close() {
      if (server.listening) await stop();
    },
  };
  return fake;
}
