import { execFile } from "node:child_process";
import { afterEach, describe, expect, test } from "@jest/globals";
import { pinnedRoute } from "../../../src/device/adb/route.ts";
import { type AdbTransport, transportOver } from "../../../src/device/adb/transport.ts";
import { listAdbDevices, openAdbDevice } from "../../../src/device/index.ts";
import { type FakeAdbServer, type Handler, startFakeAdbServer, withLength } from "./fake-server.ts";

let server: FakeAdbServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const okay = (text: string): string => `OKAY${withLength(text)}`;
const fail = (text: string): string => `FAIL${withLength(text)}`;

async function connected(serve: (request: string) => Handler, ...features: string[]): Promise<AdbTransport> {
  server = await startFakeAdbServer(serve);
  const { address } = server;
  return transportOver(pinnedRoute({ address, serial: "fake-1", transportId: "1", features }));
}

describe("a device without shell_v2", () => {
  const legacy = (output: string, code: string): Promise<AdbTransport> =>
    connected((request) => (socket) => {
      const mark = /echo (androidgen-\w+:)\$code$/u.exec(request)?.[1];
      socket.end(`OKAY${output}${code === "" ? "" : `\n${mark}${code}\n`}`);
    });
  /** The line is read by a real shell, on a terminal as before Android 7 or without one. */
  const realShell = (terminal: boolean): Promise<AdbTransport> =>
    connected((request) => (socket) => {
      execFile("sh", ["-c", request.slice("shell:".length)], (_, stdout) => {
        socket.end(`OKAY${terminal ? stdout.replaceAll("\n", "\r\n") : stdout}`);
      });
    });

  test.each([true, false])("tells output and exit codes (on a terminal: %s)", async (terminal) => {
    const transport = await realShell(terminal);
    expect(await transport.run("echo a; echo b; exit 17", { timeoutMs: 5000 })).toEqual({
      stdout: Buffer.from("a\nb\n"),
      stderr: Buffer.alloc(0),
      exitCode: 17,
    });
    expect(await transport.run("true", { timeoutMs: 5000 })).toMatchObject({
      stdout: Buffer.alloc(0),
      exitCode: 0,
    });
  });

  test("gives a command that reads its input an end of it", async () => {
    expect(await (await realShell(false)).run("cat", { timeoutMs: 5000 })).toMatchObject({ exitCode: 0 });
  });

  test("may write what looks like the echo", async () => {
    const transport = await legacy("no such file\nandroidgen-1:0\n", "17");
    expect(await transport.run("ls /x", { timeoutMs: 5000 })).toEqual({
      stdout: Buffer.from("no such file\nandroidgen-1:0\n"),
      stderr: Buffer.alloc(0),
      exitCode: 17,
    });
  });

  test("is gone when the stream ends without the echo", async () => {
    const transport = await legacy("half of the out", "");
    await expect(transport.run("ls", { timeoutMs: 5000 })).rejects.toMatchObject({
      code: "DEVICE_GONE",
      class: "infra",
    });
  });

  test("gives pictures by exec, byte for byte", async () => {
    const bytes = Buffer.from([0, 13, 10, 255, 10]);
    const transport = await connected((request) => (socket) => {
      socket.end(Buffer.concat([Buffer.from(request === "exec:screencap -p" ? "OKAY" : "FAIL"), bytes]));
    });
    expect(await transport.exec("screencap -p", { timeoutMs: 5000 })).toEqual(bytes);
  });

  test("cannot be given input", async () => {
    const transport = await legacy("", "0");
    await expect(transport.run("cat", { timeoutMs: 5000, input: Buffer.from("x") })).rejects.toThrow(
      "shell_v2",
    );
  });
});

describe("a fault", () => {
  test("is DEVICE_GONE when the stream closes before the exit code", async () => {
    const transport = await connected(() => (socket) => socket.end("OKAY\x01\x02\0\0\0hi"), "shell_v2");
    await expect(transport.run("ls", { timeoutMs: 5000 })).rejects.toMatchObject({
      code: "DEVICE_GONE",
      retryable: true,
    });
  });

  // The words of AOSP's server; the empty ones are those about forwards of a device that it has lost.
  test.each([
    "device 'fake-1' not found",
    "no device with transport id '1'",
    "device offline",
    "device offline (transport offline)",
    "device still connecting",
    "device still authorizing",
    "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set",
    "insufficient permissions for device: user in plugdev group; are your udev rules wrong?",
    "closed",
    "",
  ])("is DEVICE_GONE for %j", async (message) => {
    const transport = await connected(() => fail(message), "shell_v2");
    await expect(transport.run("ls", { timeoutMs: 5000 })).rejects.toMatchObject({ code: "DEVICE_GONE" });
  });

  test("is DEVICE_TIMEOUT when nothing is answered, and names what was done", async () => {
    const transport = await connected(() => (socket) => socket.write("OKAY"), "shell_v2");
    await expect(transport.run("ls", { timeoutMs: 50 })).rejects.toMatchObject({
      code: "DEVICE_TIMEOUT",
      class: "infra",
      message: "running ls on fake-1: no answer within 50 ms",
    });
  });

  test("is PULL_FAILED for a file that is not there", async () => {
    const transport = await connected(
      () => (socket) => socket.write("OKAYFAIL\x0C\0\0\0No such file"),
      "shell_v2",
    );
    await expect(transport.pull("/x", { timeoutMs: 5000 })).rejects.toMatchObject({
      code: "PULL_FAILED",
      message: "pulling /x: No such file",
    });
  });

  test("is PUSH_FAILED with the device's words", async () => {
    const transport = await connected(
      () => (socket) => socket.write("OKAYFAIL\x09\0\0\0read-only"),
      "shell_v2",
    );
    await expect(
      transport.push(Buffer.alloc(200_000), "/x", 0o644, { timeoutMs: 5000 }),
    ).rejects.toMatchObject({
      code: "PUSH_FAILED",
      message: "pushing /x: read-only",
    });
  });

  test("is DEVICE_GONE when a transfer is cut off", async () => {
    const transport = await connected(() => (socket) => socket.end("OKAYDATA\x0A\0\0\0half"), "shell_v2");
    await expect(transport.pull("/x", { timeoutMs: 5000 })).rejects.toMatchObject({ code: "DEVICE_GONE" });
  });
});

test("a server that knows no devices says nothing and hangs up: that is an answer", async () => {
  server = await startFakeAdbServer(() => (socket) => socket.end("OKAY0000"));
  const answers = await Promise.all(Array.from({ length: 50 }, () => listAdbDevices(server!.address)));
  expect(answers).toEqual(answers.map(() => []));
});

describe("what is wrong at the start is the user's to mend", () => {
  const row = "emulator-5554          offline transport_id:1\n";

  test("a serial that the server does not have", async () => {
    server = await startFakeAdbServer(() => okay(row));
    await expect(openAdbDevice({ serial: "nope", adbHost: server.address })).rejects.toMatchObject({
      code: "DEVICE_NOT_FOUND",
      class: "config",
      message: expect.stringContaining("it has emulator-5554 (offline)"),
    });
  });

  test("no server", async () => {
    const stopped = await startFakeAdbServer(() => "");
    await stopped.close();
    const { address } = stopped;
    await expect(openAdbDevice({ serial: "a", adbHost: address })).rejects.toMatchObject({
      code: "ADB_UNREACHABLE",
      class: "config",
      message: expect.stringContaining(`adb -P ${address.port} start-server`),
    });
  });

  test("a device that has not allowed debugging", async () => {
    server = await startFakeAdbServer(() => okay("a                      unauthorized transport_id:1\n"));
    await expect(openAdbDevice({ serial: "a", adbHost: server.address })).rejects.toMatchObject({
      code: "DEVICE_UNAUTHORIZED",
      class: "config",
    });
  });
});

test("devices are listed with whatever adb makes of their serials and states", async () => {
  const rows = [
    "emulator-5554          device product:sdk_gphone model:sdk_gphone64 device:emu64 transport_id:1",
    "0123456789ABCDEF       unauthorized usb:1-1 transport_id:2",
    "192.168.1.5:5555       device usb:2-1 product:p model:Pixel_6 device:oriole transport_id:3",
    "adb-39021FDJH (2)._adb-tls-connect._tcp device product:p model:Pixel_8 device:shiba transport_id:4",
    "ABC123                 no permissions (missing udev rules?); see [http://developer.android.com/tools/device.html] usb:3-1 transport_id:5",
    "emulator-5556          dreaming product:p model:m device:d transport_id:6",
    "",
  ];
  server = await startFakeAdbServer(() => okay(rows.join("\n")));
  expect(await listAdbDevices(server.address)).toEqual([
    {
      serial: "emulator-5554",
      state: "device",
      product: "sdk_gphone",
      model: "sdk_gphone64",
      transportId: "1",
    },
    { serial: "0123456789ABCDEF", state: "unauthorized", product: "", model: "", transportId: "2" },
    { serial: "192.168.1.5:5555", state: "device", product: "p", model: "Pixel_6", transportId: "3" },
    {
      serial: "adb-39021FDJH (2)._adb-tls-connect._tcp",
      state: "device",
      product: "p",
      model: "Pixel_8",
      transportId: "4",
    },
    { serial: "ABC123", state: "no permissions", product: "", model: "", transportId: "5" },
    { serial: "emulator-5556", state: "dreaming", product: "p", model: "m", transportId: "6" },
  ]);
});
