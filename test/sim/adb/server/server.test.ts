import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFully } from "../../../../src/sim/adb/bytes.ts";
import { type Adbd, type AdbServer, startAdbd, startAdbServer } from "../../../../src/sim/adb/index.ts";
import { listen } from "../../../../src/sim/adb/listen.ts";
import { encodeText } from "../../../../src/sim/adb/server/smart-socket.ts";
import { FakeHost } from "../fake-host.ts";

let host: FakeHost;
let adbd: Adbd;
let server: AdbServer;

beforeEach(async () => {
  host = new FakeHost();
  adbd = await startAdbd(host);
  server = await startAdbServer();
});

afterEach(async () => {
  await server.close();
  await adbd.close();
});

function open(...requests: string[]): Socket {
  const socket = connect({ port: server.port, host: "127.0.0.1" });
  for (const request of requests) socket.write(encodeText(request));
  return socket;
}

/** The whole answer to a request that ends the connection. */
async function ask(...requests: string[]): Promise<string> {
  return await text(open(...requests));
}

async function readList(tracker: Socket): Promise<string> {
  const length = Number.parseInt((await readFully(tracker, 4)).toString(), 16);
  return (await readFully(tracker, length)).toString();
}

describe("devices", () => {
  test("are listed, described and chosen", async () => {
    expect(await ask("host:devices")).toBe("OKAY0000");
    await server.attach("emulator-5554", adbd.port);
    expect(await ask("host:devices")).toBe("OKAY0015emulator-5554\tdevice\n");
    expect((await ask("host:devices-l")).slice(8)).toBe(
      "emulator-5554          device product:sdk_gphone64_x86_64 model:sdk_gphone64 device:emu64x transport_id:1\n",
    );
    expect(await ask("host-serial:emulator-5554:get-state")).toBe("OKAY0006device");
    expect(await ask("host:get-serialno")).toBe("OKAY000demulator-5554");
    expect(await ask("host-transport-id:1:get-devpath")).toBe("OKAY0007unknown");
    expect(await ask("host:features")).toContain("shell_v2,cmd,stat_v2");
    expect(await ask("host:transport:emulator-5554", "host:get-state")).toBe("OKAYOKAY0006device");
    expect(await ask("host:transport-any", "shell:echo hi")).toBe("OKAYOKAYhi\n");
    expect(await ask("host:tport:any", "shell:echo hi")).toBe("OKAY\x01\0\0\0\0\0\0\0OKAYhi\n");
  });

  test("that are missing, or too many, are refused in adb's words", async () => {
    const reason = async (...requests: string[]) => (await ask(...requests)).slice(8);
    expect(await reason("host:transport-any")).toBe("no devices/emulators found");
    expect(await reason("host:transport:nope")).toBe("device 'nope' not found");
    expect(await reason("host:transport-id:9")).toBe("no device with transport id '9'");
    expect(await reason("host:transport-usb")).toBe("no devices found");
    expect(await reason("shell:ls")).toBe("device offline (no transport)");
    await server.attach("emulator-5554", adbd.port);
    await server.attach("emulator-5556", adbd.port);
    expect(await reason("host:transport-any")).toBe("more than one device/emulator");
    expect(await ask("host:transport:emulator-5554", "jdwp:1")).toBe("OKAYFAIL0006closed");
  });

  test("come back after the connection was lost", async () => {
    await server.attach("emulator-5554", adbd.port);
    const tracker = open("host:track-devices");
    expect((await readFully(tracker, 4)).toString()).toBe("OKAY");
    expect(await readList(tracker)).toBe("emulator-5554\tdevice\n");
    adbd.dropConnections();
    expect(await readList(tracker)).toBe("emulator-5554\toffline\n");
    expect(await ask("host:transport:emulator-5554")).toBe("FAIL000edevice offline");
    expect(await readList(tracker)).toBe("emulator-5554\tdevice\n");
    // As with a real server, it is another transport now.
    expect(await ask("host-transport-id:1:wait-for-any-disconnect")).toBe("OKAYOKAY");
    expect(await ask("host:transport-id:1")).toContain("no device with transport id '1'");
    tracker.destroy();
  });

  test("stay offline while the daemon listens but does not answer, however long that is", async () => {
    await server.attach("emulator-5554", adbd.port);
    const tracker = open("host:track-devices");
    expect((await readFully(tracker, 4)).toString()).toBe("OKAY");
    expect(await readList(tracker)).toBe("emulator-5554\tdevice\n");
    host.faults.set("offline");
    expect(await readList(tracker)).toBe("emulator-5554\toffline\n");
    expect((await ask("host:transport:emulator-5554")).slice(8)).toBe("device offline");
    host.faults.clear("offline");
    expect(await readList(tracker)).toBe("emulator-5554\tdevice\n");
    // With a time it ends by itself.
    host.faults.set("offline", { ms: 20 });
    expect(await readList(tracker)).toBe("emulator-5554\toffline\n");
    expect(await readList(tracker)).toBe("emulator-5554\tdevice\n");
    tracker.destroy();
  });

  test("go offline, then disappear, when the daemon is gone", async () => {
    await server.attach("emulator-5554", adbd.port);
    const running = open("host:transport:emulator-5554", "shell:logcat");
    await once(running, "readable");
    const tracker = open("host:track-devices-l");
    await readFully(tracker, 4);
    await readList(tracker);
    await adbd.close();
    expect(await readList(tracker)).toContain("offline");
    expect(await readList(tracker)).toBe("");
    expect(await text(running)).toContain("beginning of main");
    tracker.destroy();
  });

  test("are waited for", async () => {
    const waiting = ask("host-serial:emulator-5554:wait-for-any-device");
    await server.attach("emulator-5554", adbd.port);
    expect(await waiting).toBe("OKAYOKAY");
    const leaving = ask("host:wait-for-local-disconnect");
    await adbd.close();
    expect(await leaving).toBe("OKAYOKAY");
  });

  test("are connected and disconnected by address", async () => {
    const address = `127.0.0.1:${adbd.port}`;
    const both = await Promise.all([ask(`host:connect:${address}`), ask(`host:connect:${address}`)]);
    expect(both.map((reply) => reply.slice(8))).toEqual(Array(2).fill(`connected to ${address}`));
    expect(await ask(`host:connect:${address}`)).toContain(`already connected to ${address}`);
    expect(await ask(`host-serial:${address}:get-state`)).toContain("device");
    expect(await ask(`host:disconnect:${address}`)).toContain(`disconnected ${address}`);
    expect(await ask(`host:disconnect:${address}`)).toContain(`no such device '${address}'`);
    expect(await ask("host:connect:")).toContain("give HOST:PORT");
    expect(await ask("host:devices")).toBe("OKAY0000");
    expect(host.delays).toEqual(["connect"]);
  });

  test("that do not answer are not kept", async () => {
    const noAdb = await listen((socket) => socket.end("SSH-2.0 and more than a packet's header"));
    await expect(server.attach("emulator-1", noAdb.port)).rejects.toMatchObject({
      code: "ADB_CONNECT",
      class: "infra",
    });
    expect(await ask(`host:connect:127.0.0.1:${noAdb.port}`)).toContain("failed to connect to");
    await noAdb.close();
    expect(await ask(`host:connect:127.0.0.1:${noAdb.port}`)).toContain("ECONNREFUSED");
    expect(await ask("host:devices")).toBe("OKAY0000");
  });
});

describe("forwards", () => {
  beforeEach(async () => {
    await server.attach("emulator-5554", adbd.port);
    host.tcp.set(80, () => new PassThrough());
  });

  async function forward(remote: string): Promise<number> {
    const reply = await ask(`host-serial:emulator-5554:forward:tcp:0;${remote}`);
    expect(reply).toMatch(/^OKAYOKAY000\d\d{4,5}$/);
    return Number(reply.slice(12));
  }

  test("lead a local port to the device", async () => {
    const port = await forward("tcp:80");
    const socket = connect({ port, host: "127.0.0.1" });
    socket.write("ping");
    expect((await readFully(socket, 4)).toString()).toBe("ping");
    expect((await ask("host:list-forward")).slice(8)).toBe(`emulator-5554 tcp:${port} tcp:80\n`);
    expect(await ask(`host:killforward:tcp:${port}`)).toBe("OKAYOKAY");
    expect(await text(socket)).toBe("");
    expect(await ask("host:list-forward")).toBe("OKAY0000");
  });

  test("are led elsewhere, unless that is forbidden", async () => {
    const port = await forward("tcp:1");
    expect(await text(connect({ port, host: "127.0.0.1" }))).toBe("");
    expect(await ask(`host:forward:norebind:tcp:${port};tcp:80`)).toContain("cannot rebind existing socket");
    expect(await ask(`host:forward:tcp:${port};tcp:80`)).toBe("OKAYOKAY");
    const socket = connect({ port, host: "127.0.0.1" });
    socket.write("x");
    expect((await readFully(socket, 1)).toString()).toBe("x");
  });

  test("are refused with the reason", async () => {
    expect(await ask("host:forward:localabstract:a;tcp:1")).toContain("'localabstract:a' is not tcp:PORT");
    expect(await ask("host:forward:tcp:1")).toContain("bad forward: tcp:1");
    expect(await ask(`host:forward:tcp:${server.port};tcp:80`)).toContain("cannot bind listener");
    expect(await ask("host:killforward:tcp:1")).toContain("listener 'tcp:1' not found");
  });

  test("end with their device, or all at once", async () => {
    await forward("tcp:80");
    await forward("tcp:80");
    expect(await ask("host:killforward-all")).toBe("OKAYOKAY");
    expect(await ask("host:list-forward")).toBe("OKAY0000");
    await forward("tcp:80");
    await ask("host:disconnect:emulator-5554");
    expect(await ask("host:list-forward")).toBe("OKAY0000");
  });
});

test("the server is adb 41, and cannot be killed or confused", async () => {
  expect(await ask("host:version")).toBe("OKAY00040029");
  expect(await ask("host:kill")).toMatch(/^FAIL.*belongs to the simulator/s);
  expect(await ask("host:host-features")).toContain("shell_v2");
  expect(await ask("host:fly")).toBe("FAIL001aunknown host service 'fly'");
  const junk = connect({ port: server.port, host: "127.0.0.1" });
  junk.write("GET / HTTP/1.1\r\n\r\n");
  expect(await text(junk)).toContain("not four hex digits");
  expect(await ask("host:version")).toBe("OKAY00040029");
});
