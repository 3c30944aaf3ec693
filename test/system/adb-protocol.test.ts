/** The simulated device over real clients: adbkit on our own server, and the adb program on both servers. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { Adb } from "@devicefarmer/adbkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  type AdbServer,
  announceEmulator,
  type EmulatorPorts,
  startAdbServer,
  startEmulatorPorts,
} from "../../src/sim/adb/index.ts";
import { FakeHost } from "../sim/adb/fake-host.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { adbTest } from "../support/require.ts";

const blob = randomBytes(20_000_000);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let home: string;
let host: FakeHost;
let device: EmulatorPorts;
let server: AdbServer;

beforeEach(async () => {
  home = await newFolder();
  host = new FakeHost();
  device = await startEmulatorPorts(host, { tokenFile: path.join(home, ".emulator_console_auth_token") });
  server = await startAdbServer();
  await server.attach(device.serial, device.adbd.port);
});

afterEach(async () => {
  await server.close();
  await device.close();
  await removeFolders();
});

describe("adbkit, with no adb installed", () => {
  test("lists the device and runs commands on it", async () => {
    const client = Adb.createClient({ port: server.port });
    expect(await client.version()).toBe(41);
    expect(await client.listDevices()).toEqual([{ id: device.serial, type: "device" }]);
    const phone = client.getDevice(device.serial);
    expect(await phone.getState()).toBe("device");
    const outputs = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        (await Adb.util.readAll(await phone.shell(`echo ${index}`))).toString(),
      ),
    );
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, index) => `${index}\n`));
  });

  test("pushes and pulls 20 MB unchanged", async () => {
    const phone = Adb.createClient({ port: server.port }).getDevice(device.serial);
    const transfer = await phone.push(Readable.from(blob, { objectMode: false }), "/sdcard/blob", 0o640);
    await new Promise((resolve, reject) => transfer.on("end", resolve).on("error", reject));
    expect(sha256(host.files.read("/sdcard/blob"))).toBe(sha256(blob));
    const pulled = await phone.pull("/sdcard/blob");
    expect(sha256(await buffer(pulled.pipe(new PassThrough())))).toBe(sha256(blob));
    expect((await phone.readdir("/sdcard")).map((entry: { name: string }) => entry.name)).toContain("blob");
    expect((await phone.stat("/sdcard/blob")).size).toBe(blob.length);
    await expect(phone.stat("/sdcard/none")).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("takes raw pictures, forwards ports and follows the device list", async () => {
    const client = Adb.createClient({ port: server.port });
    const phone = client.getDevice(device.serial);
    const picture = await phone.framebuffer("raw");
    expect(picture.meta).toMatchObject({ width: 2, height: 1, bpp: 32, format: "rgba" });
    picture.destroy();

    expect(await phone.forward("tcp:0", "tcp:80")).toBe(true);
    expect(await phone.listForwards()).toMatchObject([{ serial: device.serial, remote: "tcp:80" }]);

    const tracker = await client.trackDevices();
    const removed = once(tracker, "remove");
    await device.adbd.close();
    expect((await removed)[0]).toMatchObject({ id: device.serial });
    tracker.end();
  });
});

adbTest("the adb program", (adb) => {
  const run = promisify(execFile);
  /** Exit code and both outputs; what it prints is never taken for a failure of the test. */
  async function adbOn(port: number, ...args: string[]) {
    const options = { env: { HOME: home, PATH: process.env["PATH"], ADB_MDNS: "0" }, timeout: 30_000 };
    try {
      return { code: 0, ...(await run(adb, ["-P", String(port), ...args], options)) };
    } catch (error) {
      const failed = error as { code: number; stdout: string; stderr: string };
      return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
    }
  }

  test("works on our own server", async () => {
    const out = async (...args: string[]) => await adbOn(server.port, ...args);
    expect((await out("devices", "-l")).stdout).toContain(
      `${device.serial.padEnd(22)} device product:sdk_gphone64_x86_64 model:sdk_gphone64 device:emu64x transport_id:1`,
    );
    expect(await out("shell", "fail")).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
    expect((await out("exec-out", "echo raw")).stdout).toBe("raw\n");
    expect((await out("wait-for-device", "get-state")).stdout).toBe("device\n");
    expect((await out("unroot")).stdout).toBe("restarting adbd as non root\n");
    expect((await out("wait-for-device", "root")).stdout).toBe("restarting adbd as root\n");
    expect((await out("wait-for-device", "root")).stdout).toBe("adbd is already running as root\n");
    expect((await out("kill-server")).code).toBe(0);
    expect((await out("get-state")).stdout).toBe("device\n");
    expect((await out("reverse", "--list")).stdout.trim()).toBe("");
  });

  describe("with its own server", () => {
    let adbServer: ChildProcess;
    let port: number;
    let serverHome: string;

    beforeAll(async () => {
      // Not `newFolder`, which lasts for one test.
      serverHome = await mkdtemp(path.join(tmpdir(), "androidgen-adb-"));
      port = await freePort();
      adbServer = spawn(adb, ["-P", String(port), "nodaemon", "server"], {
        env: { HOME: serverHome, PATH: process.env["PATH"], ADB_MDNS: "0", ADB_USB: "0" },
        stdio: "ignore",
      });
      await accepting(port, adbServer);
    });

    afterAll(async () => {
      const ended = once(adbServer, "exit");
      adbServer.kill("SIGKILL");
      await ended;
      await rm(serverHome, { recursive: true, force: true });
    });

    // Otherwise it would look for the device of this test, and find that of the next.
    afterEach(() => adbOn(port, "disconnect"));

    async function connectDevice(): Promise<(...args: string[]) => ReturnType<typeof adbOn>> {
      const serial = `127.0.0.1:${device.adbd.port}`;
      expect((await adbOn(port, "connect", serial)).stdout).toBe(`connected to ${serial}\n`);
      return async (...args) => await adbOn(port, "-s", serial, ...args);
    }

    test("connects, lists, and keeps output, errors and exit codes apart", async () => {
      const on = await connectDevice();
      const { stdout } = await adbOn(port, "devices", "-l");
      expect(stdout).toMatch(
        new RegExp(`^127\\.0\\.0\\.1:${device.adbd.port} +device product:sdk_gphone64_x86_64 `, "m"),
      );
      expect(await on("shell", "fail")).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
      expect((await on("exec-out", "echo raw")).stdout).toBe("raw\n");
      expect((await on("shell", "-x", "fail")).stdout).toBe("out\nerr\n");
    });

    test("pushes and pulls 20 MB unchanged, with mode and time", async () => {
      const on = await connectDevice();
      const [local, back] = [path.join(home, "blob"), path.join(home, "back")];
      await writeFile(local, blob, { mode: 0o640 });
      await utimes(local, 1_600_000_000, 1_600_000_000);
      expect((await on("push", local, "/sdcard/blob")).stdout).toContain("1 file pushed");
      expect(host.files.stat("/sdcard/blob")).toMatchObject({ mode: 0o640, mtime: 1_600_000_000_000 });
      expect((await on("pull", "-a", "/sdcard/blob", back)).stdout).toContain("1 file pulled");
      expect(sha256(await readFile(back))).toBe(sha256(blob));
      expect((await stat(back)).mtimeMs).toBe(1_600_000_000_000);
      // adb prints the reason on stdout or stderr, depending on its version.
      const refused = await on("push", local, "/system/blob");
      expect(refused.stdout + refused.stderr).toContain("Read-only file system");
      expect(refused.code).toBe(1);
      const missing = await on("pull", "/none", back);
      expect(missing.stdout + missing.stderr).toContain("No such file or directory");
    });

    test("forwards a port", async () => {
      const on = await connectDevice();
      const web = createServer((_, response) => response.end("from the device")).listen(0, "127.0.0.1");
      await once(web, "listening");
      host.tcp.set(8080, () => connect((web.address() as AddressInfo).port, "127.0.0.1"));
      const local = (await on("forward", "tcp:0", "tcp:8080")).stdout.trim();
      const reply = await fetch(`http://127.0.0.1:${local}/`, { headers: { connection: "close" } });
      expect(await reply.text()).toBe("from the device");
      web.close();
    });

    test("finds the emulator it is told of, and its console", async () => {
      await announceEmulator(port, device.adbd.port);
      const on = async (...args: string[]) => await adbOn(port, "-s", device.serial, ...args);
      await on("wait-for-device");
      expect((await on("emu", "avd", "name")).stdout).toBe("fake_avd\r\nOK\r\n");
      expect((await on("emu", "avd", "snapshot", "save", "clean")).stdout).toBe("OK\r\n");
      expect((await on("emu", "avd", "snapshot", "list")).stdout).toMatch(
        /^List of snapshots present on all disks:\r\nID +TAG +VM SIZE +DATE +VM CLOCK\r\n-- +clean +75M .*\r\nOK\r\n$/,
      );
      // As on a real emulator, a refusal does not show in the exit code.
      expect(await on("emu", "avd", "snapshot", "load", "nope")).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^KO: /),
      });
    });

    test("sees the device go", async () => {
      await connectDevice();
      await device.close();
      const { stdout } = await adbOn(port, "devices");
      expect(stdout).not.toContain(`127.0.0.1:${device.adbd.port}\tdevice`);
    });
  });
});

/** Free now, and taken at once by the program that gets it. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Resolves when something accepts connections; throws when the program ends first. */
async function accepting(port: number, program: ChildProcess): Promise<void> {
  for (;;) {
    if (program.exitCode !== null) throw new Error(`adb server ended with exit code ${program.exitCode}`);
    const socket = connect({ port, host: "127.0.0.1" });
    const accepted = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (accepted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
