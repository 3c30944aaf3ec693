import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { encodeFrame, FrameId, readFrame } from "../../../../src/sim/adb/daemon/shell-frames.ts";
import { type Adbd, startAdbd } from "../../../../src/sim/adb/index.ts";
import { features } from "../../../../src/sim/adb/protocol/banner.ts";
import { AdbConnection } from "../../../../src/sim/adb/protocol/connection.ts";
import type { AdbStream } from "../../../../src/sim/adb/protocol/stream.ts";
import { FakeHost } from "../fake-host.ts";

let host: FakeHost;
let adbd: Adbd;
let client: AdbConnection;

beforeEach(async () => {
  host = new FakeHost();
  adbd = await startAdbd(host);
  client = await connectClient();
});

afterEach(async () => {
  client.close();
  await adbd.close();
});

async function connectClient(): Promise<AdbConnection> {
  const socket = connect({ port: adbd.port, host: "127.0.0.1" });
  await once(socket, "connect");
  const connection = new AdbConnection(socket, {
    banner: { type: "host", properties: {}, features },
    accept: () => undefined,
  });
  await connection.connect(5000);
  return connection;
}

/** What a `shell,v2` stream says until it ends. */
async function result(stream: AdbStream): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const out = { stdout: "", stderr: "", exitCode: -1 };
  for (;;) {
    const frame = await readFrame(stream);
    if (frame === undefined) return out;
    if (frame.id === FrameId.stdout) out.stdout += frame.data.toString();
    if (frame.id === FrameId.stderr) out.stderr += frame.data.toString();
    if (frame.id === FrameId.exit) out.exitCode = frame.data.readUInt8(0);
  }
}

describe("shell,v2", () => {
  test("keeps stdout, stderr and exit code apart", async () => {
    const stream = await client.open("shell,v2,TERM=dumb,raw:fail");
    expect(await result(stream)).toEqual({ stdout: "out\n", stderr: "err\n", exitCode: 7 });
  });

  test("gives the command its input, up to close-stdin", async () => {
    const stream = await client.open("shell,v2:cat");
    stream.write(encodeFrame(FrameId.stdin, Buffer.from("one ")));
    stream.write(encodeFrame(FrameId.windowSize, Buffer.from("24x80,0x0\0")));
    stream.write(encodeFrame(FrameId.stdin, Buffer.from("two")));
    stream.write(encodeFrame(FrameId.closeStdin, Buffer.alloc(0)));
    expect(await result(stream)).toEqual({ stdout: "one two", stderr: "", exitCode: 0 });
  });

  test("with a terminal puts all on stdout, with carriage returns", async () => {
    const stream = await client.open("shell,v2,pty:fail");
    expect(await result(stream)).toEqual({ stdout: "out\r\nerr\r\n", stderr: "", exitCode: 7 });
  });

  test("tells a failure of the device itself on stderr", async () => {
    const stream = await client.open("shell,v2:crash");
    expect(await result(stream)).toEqual({
      stdout: "",
      stderr: "simulated device: no such service\n",
      exitCode: 255,
    });
  });

  test("a long command ends when the client leaves", async () => {
    const stream = await client.open("shell,v2:logcat");
    expect((await readFrame(stream))?.data.toString()).toContain("beginning of main");
    stream.destroy();
    // One more round trip, after which the device has seen the close.
    await result(await client.open("shell,v2:echo x"));
    expect(host.ran).toContain("logcat ended");
  });
});

describe("shell and exec", () => {
  test("legacy shell mixes the outputs and ends the stream", async () => {
    expect(await text(await client.open("shell:fail"))).toBe("out\nerr\n");
  });

  test("exec may stop reading its input in the middle and still answer", async () => {
    const stream = await client.open("exec:take 5");
    stream.write("12345");
    expect(await text(stream)).toBe("Success\n");
  });

  test("without a command it is a shell that reads lines, with its state", async () => {
    const stream = await client.open("shell,v2,raw:");
    const lines = "cd /sdcard\npwd\n\nnothing-here\nexit\n";
    stream.write(encodeFrame(FrameId.stdin, Buffer.from(lines)));
    expect(await result(stream)).toEqual({
      stdout: "/sdcard\n",
      stderr: "sh: nothing-here: inaccessible or not found\n",
      exitCode: 127,
    });
    expect(host.ran).toEqual(["cd /sdcard", "cd /sdcard\npwd", "cd /sdcard\nnothing-here"]);
  });

  test("a terminal echoes, erases, and prompts with the folder", async () => {
    const stream = await client.open("shell:");
    stream.write("echoo\x7f hi\r");
    stream.write("cd /sdcard\r");
    stream.write("exit 3\r");
    const shown = await text(stream);
    expect(shown).toContain("emu64x:/ # ");
    expect(shown).toContain("echoo\b \b hi\r\n");
    expect(shown).toContain("hi\r\n");
    expect(shown).toContain("emu64x:/sdcard # ");
    expect(host.ran[0]).toBe("echo hi");
  });

  test("Ctrl-C ends the command, Ctrl-D the shell", async () => {
    const stream = await client.open("shell:");
    const shown = text(stream.pipe(new PassThrough()));
    const started = new Promise<void>((resolve) => {
      const logcat = host.commands["logcat"]!;
      host.commands["logcat"] = (io, command) => {
        resolve();
        return logcat(io, command);
      };
    });
    stream.write("logcat\r");
    await started;
    stream.write("\x03");
    stream.write("echo on\r\x04");
    expect(await shown).toContain("on\r\n");
    expect(host.ran).toEqual(["logcat", "logcat ended", "echo on"]);
  });
});

describe("other services", () => {
  test("the daemon is root's from the start; a change restarts it", async () => {
    expect(await text(await client.open("root:"))).toBe("adbd is already running as root\n");
    expect(await text(await client.open("remount:"))).toBe("remount succeeded\n");
    expect(await text(await client.open("unroot:"))).toBe("restarting adbd as non root\n");
    await client.closed;
    client = await connectClient();
    expect(await text(await client.open("remount:"))).toContain("Not running as root");
    expect(await text(await client.open("unroot:"))).toBe("adbd not running as root\n");
    expect(await text(await client.open("root:"))).toBe("restarting adbd as root\n");
    await client.closed;
  });

  test("reboot runs on the device and drops the connection", async () => {
    host.commands["reboot"] = () => 0;
    await text(await client.open("reboot:"));
    await client.closed;
    expect(host.ran).toEqual(["reboot"]);
  });

  test("framebuffer gives a header and the pixels", async () => {
    const bytes = await buffer(await client.open("framebuffer:"));
    expect(bytes.length).toBe(52 + 8);
    expect([0, 4, 8, 12, 16].map((at) => bytes.readUInt32LE(at))).toEqual([1, 32, 8, 2, 1]);
    expect([...bytes.subarray(52)]).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
  });

  test("a port of the device is reached, and refused where nothing listens", async () => {
    host.tcp.set(6790, () => new PassThrough());
    const stream = await client.open("tcp:6790");
    stream.write("ping");
    const [echoed] = (await once(stream, "data")) as [Buffer];
    expect(echoed.toString()).toBe("ping");
    await expect(client.open("tcp:6791")).rejects.toThrow("closed");
    await expect(client.open("tcp:x")).rejects.toThrow("closed");
    await expect(client.open("jdwp:1")).rejects.toThrow("closed");
  });

  test("reverse forwards end with the connection on which they were asked for", async () => {
    expect(await text(await client.open("reverse:forward:tcp:5000;tcp:2"))).toBe("OKAY");
    expect(await text(await client.open("reverse:list-forward"))).toBe("0016host-1 tcp:5000 tcp:2\n");
    const gone = new Promise<void>((resolve) => {
      const look = (): void => (host.ports.connect(5000) === undefined ? resolve() : void setImmediate(look));
      client.close();
      look();
    });
    await gone;
  });

  test("a service that fails ends its stream", async () => {
    host.frame = () => Promise.reject(new Error("no screen"));
    expect((await buffer(await client.open("framebuffer:"))).length).toBe(0);
  });
});
