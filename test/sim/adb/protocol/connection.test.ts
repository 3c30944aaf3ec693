import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Listener, listen } from "../../../../src/sim/adb/listen.ts";
import { features } from "../../../../src/sim/adb/protocol/banner.ts";
import { AdbConnection } from "../../../../src/sim/adb/protocol/connection.ts";
import { Command, encodeHeader, type Packet, readPacket } from "../../../../src/sim/adb/protocol/packet.ts";
import type { AdbStream } from "../../../../src/sim/adb/protocol/stream.ts";

let listener: Listener;
let device: AdbConnection;
let socket: Socket;
const services: Record<string, (stream: AdbStream) => void> = {};

beforeEach(async () => {
  listener = await listen((accepted) => {
    device = new AdbConnection(accepted, {
      banner: { type: "device", properties: { "ro.product.name": "sdk" }, features },
      accept: (service) => services[service],
    });
  });
  socket = connect({ port: listener.port, host: "127.0.0.1" });
  await once(socket, "connect");
});

afterEach(async () => {
  socket.destroy();
  await listener.close();
});

async function connectHost(): Promise<AdbConnection> {
  const host = new AdbConnection(socket, {
    banner: { type: "host", properties: {}, features },
    accept: () => undefined,
  });
  await host.connect(5000);
  return host;
}

function send(command: number, arg0: number, arg1: number, text = ""): void {
  const packet = { command, arg0, arg1, payload: Buffer.from(text) };
  socket.write(Buffer.concat([encodeHeader(packet, true), packet.payload]));
}

async function receive(): Promise<Packet> {
  const packet = await readPacket(socket, true);
  if (packet === undefined) throw new Error("the device closed the connection");
  return packet;
}

describe("between two of our own", () => {
  test("several streams carry megabytes both ways at once", async () => {
    services["echo"] = (stream) => stream.pipe(stream);
    const host = await connectHost();
    expect(host.peer?.properties).toEqual({ "ro.product.name": "sdk" });
    const blob = Buffer.alloc(3_000_000, "0123456789");
    const echoed = await Promise.all(
      [1, 2, 3].map(async (mark) => {
        const stream = await host.open("echo");
        const sent = Buffer.concat([Buffer.from([mark]), blob]);
        const back: Buffer[] = [];
        let length = 0;
        const all = new Promise<void>((resolve) => {
          stream.on("data", (chunk: Buffer) => {
            back.push(chunk);
            length += chunk.length;
            if (length === sent.length) resolve();
          });
        });
        stream.write(sent);
        await all;
        stream.end();
        return Buffer.concat(back).equals(sent);
      }),
    );
    expect(echoed).toEqual([true, true, true]);
  });

  test("a service that is not there is refused", async () => {
    const host = await connectHost();
    await expect(host.open("nothing")).rejects.toThrow("closed");
  });

  test("what was written before the end arrives whole", async () => {
    services["once"] = (stream) => stream.end(Buffer.alloc(2_500_000, 7));
    const host = await connectHost();
    expect((await buffer(await host.open("once"))).length).toBe(2_500_000);
  });

  test("a stream ends on the other side when one side destroys it, or the connection goes", async () => {
    const streams: AdbStream[] = [];
    services["hold"] = (stream) => streams.push(stream);
    const host = await connectHost();
    const first = await host.open("hold");
    await host.open("hold");
    first.destroy();
    await once(streams[0]!.signal, "abort");
    expect(streams[1]!.signal.aborted).toBe(false);
    host.close();
    await once(streams[1]!.signal, "abort");
    await device.closed;
    await expect(host.open("hold")).rejects.toThrow("closed");
  });
});

describe("packet by packet", () => {
  test("an old client gets checksums and small payloads, and one write at a time", async () => {
    services["ten"] = (stream) => stream.end("0123456789");
    send(Command.connect, 0x01000000, 4, "host::");
    expect((await receive()).command).toBe(Command.connect);
    send(Command.open, 77, 0, "ten\0");
    const opened = await receive();
    expect(opened).toMatchObject({ command: Command.okay, arg1: 77 });
    for (const part of ["0123", "4567", "89"]) {
      expect(await receive()).toMatchObject({ command: Command.write, payload: Buffer.from(part) });
      // Nothing but this OKAY lets the next part go.
      expect(socket.readableLength).toBe(0);
      send(Command.okay, 77, opened.arg0);
    }
    expect(await receive()).toMatchObject({ command: Command.close, arg0: opened.arg0, arg1: 77 });
  });

  test("a write is acknowledged once there is room for more", async () => {
    let stream: AdbStream | undefined;
    services["slow"] = (opened) => (stream = opened);
    send(Command.connect, 0x01000000, 1 << 20, "host::");
    await receive();
    send(Command.open, 5, 0, "slow\0");
    const { arg0 } = await receive();
    send(Command.write, 5, arg0, "x".repeat(200_000));
    send(Command.open, 6, 0, "nothing\0");
    // The refusal comes, the acknowledgement does not: the stream's buffer is full.
    expect(await receive()).toMatchObject({ command: Command.close, arg1: 6 });
    stream!.resume();
    expect(await receive()).toMatchObject({ command: Command.okay, arg0, arg1: 5 });
  });

  test("a second CNXN ends the streams of the first", async () => {
    let stream: AdbStream | undefined;
    services["hold"] = (opened) => (stream = opened);
    send(Command.connect, 0x01000000, 4096, "host::");
    await receive();
    send(Command.open, 5, 0, "hold\0");
    await receive();
    send(Command.connect, 0x01000000, 4096, "host::");
    expect((await receive()).command).toBe(Command.close);
    expect((await receive()).command).toBe(Command.connect);
    expect(stream!.signal.aborted).toBe(true);
  });

  test("what is no adb ends the connection", async () => {
    socket.end("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect((await device.closed)?.message).toContain("not an adb packet");
  });

  test("a device that does not answer is given up", async () => {
    const silent = await listen(() => undefined);
    const to = connect({ port: silent.port, host: "127.0.0.1" });
    const host = new AdbConnection(to, {
      banner: { type: "host", properties: {}, features: [] },
      accept: () => undefined,
    });
    await expect(host.connect(20)).rejects.toThrow("no answer within 20 ms");
    host.close();
    await silent.close();
  });
});
