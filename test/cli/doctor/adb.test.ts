import { readFile, symlink } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { checkAdb } from "../../../src/cli/doctor/adb.ts";
import type { DoctorCheck } from "../../../src/cli/doctor/check.ts";
import { type FakeMachine, fakeMachine, fakeProgram } from "../../support/fake-machine.ts";
import { removeFolders } from "../../support/folder.ts";

let machine: FakeMachine;
let server: Server | undefined;
let port: number;
const requests: string[] = [];

beforeEach(async () => {
  machine = await fakeMachine();
  port = await freePort();
  requests.length = 0;
});

afterEach(async () => {
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  server = undefined;
  await removeFolders();
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address() as { port: number };
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return free;
}

/** An adb server of some version that answers what doctor asks. */
async function serve(protocol: number, devices: string): Promise<void> {
  const answers: Record<string, string> = {
    "host:version": protocol.toString(16).padStart(4, "0"),
    "host:devices-l": devices,
  };
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      const request = data.toString().slice(4);
      requests.push(request);
      const answer = answers[request] ?? "";
      socket.end(`OKAY${answer.length.toString(16).padStart(4, "0")}${answer}`);
    });
  });
  await new Promise<void>((resolve) => server!.listen(port, "127.0.0.1", resolve));
}

const adbSays = (protocol: number, release: string) =>
  `Android Debug Bridge version 1.0.${protocol}\nVersion ${release}\nInstalled as /x/adb`;

async function found(needsProgram = false): Promise<Record<string, DoctorCheck>> {
  const checks = await checkAdb(machine, { host: "127.0.0.1", port }, { needsProgram });
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

describe("adb", () => {
  test("that is nowhere is a hint, and missing where Appium needs it", async () => {
    expect((await found())["adb"]).toMatchObject({
      status: "hint",
      mend: expect.stringContaining("sdkmanager"),
    });
    expect((await found(true))["adb"]).toMatchObject({ status: "missing" });
  });

  test("is told once, however many links lead to it", async () => {
    const file = await fakeProgram(
      path.join(machine.folder, "sdk", "platform-tools", "adb"),
      adbSays(41, "35.0.2"),
    );
    await symlink(file, path.join(machine.bin, "adb"));
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    expect((await found())["adb"]).toEqual({
      name: "adb",
      status: "ok",
      found: `${path.join(machine.bin, "adb")} (1.0.41, 35.0.2)`,
    });
  });

  test("that does not work is told with why", async () => {
    await fakeProgram(path.join(machine.bin, "adb"), "cannot execute", 1);
    expect((await found(true))["adb"]).toMatchObject({
      status: "missing",
      found: expect.stringMatching(/\(broken: cannot execute\)$/u),
    });
  });

  test("of another version than the SDK's is a finding: they kill each other's server", async () => {
    await fakeProgram(path.join(machine.bin, "adb"), adbSays(39, "28.0.2"));
    await fakeProgram(path.join(machine.folder, "sdk", "platform-tools", "adb"), adbSays(41, "35.0.2"));
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    const check = (await found())["one adb version"];
    expect(check).toMatchObject({
      status: "hint",
      found: expect.stringMatching(/1\.0\.39.*1\.0\.41.*kills/u),
      mend: `while no run goes on: export PATH=${machine.folder}/sdk/platform-tools:"$PATH"`,
    });
    expect((await found(true))["one adb version"]).toMatchObject({ status: "missing" });
    // What the mend does: an adb that stands behind another one on the path is started by nobody.
    machine.env["PATH"] = `${machine.folder}/sdk/platform-tools:${machine.bin}`;
    expect((await found(true))["one adb version"]).toMatchObject({ status: "ok" });
  });

  test("that only the SDK has is called by its path", async () => {
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    const file = await fakeProgram(
      path.join(machine.folder, "sdk", "platform-tools", "adb"),
      adbSays(41, "35.0.2"),
    );
    expect((await found())["adb server"]).toMatchObject({
      mend: expect.stringMatching(`^${file} -P ${port} start-server`),
    });
  });

  test("of other releases with the same protocol get along", async () => {
    await fakeProgram(path.join(machine.bin, "adb"), adbSays(41, "29.0.6-debian"));
    await fakeProgram(path.join(machine.folder, "sdk", "platform-tools", "adb"), adbSays(41, "35.0.2"));
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    expect((await found(true))["one adb version"]).toMatchObject({ status: "ok" });
  });
});

describe("an adb server", () => {
  test("is asked over its socket, and no adb is started for it", async () => {
    await serve(41, "emulator-5554 device product:p model:Pixel\nemulator-5556 offline\n");
    const adb = await fakeProgram(path.join(machine.bin, "adb"), adbSays(41, "35.0.2"));
    const checks = await found();
    expect(checks["adb server"]).toEqual({
      name: "adb server",
      status: "ok",
      found: `127.0.0.1:${port}, version 1.0.41`,
    });
    expect(checks["devices"]).toEqual({
      name: "devices",
      status: "ok",
      found: "emulator-5554, emulator-5556 (offline)",
    });
    expect(requests.sort()).toEqual(["host:devices-l", "host:version"]);
    expect(await readFile(`${adb}.calls`, "utf8")).toBe("version\n");
  });

  test("of another version than adb is a finding", async () => {
    await serve(40, "emulator-5554 device");
    await fakeProgram(path.join(machine.bin, "adb"), adbSays(41, "35.0.2"));
    expect((await found())["one adb version"]).toMatchObject({
      status: "hint",
      found: expect.stringContaining(`the server 127.0.0.1:${port}: 1.0.40`),
      mend: `while no run goes on: adb -P ${port} kill-server && adb -P ${port} start-server`,
    });
  });

  test.each([
    ["", "none", "start an emulator"],
    ["emulator-5554 unauthorized", "emulator-5554 (unauthorized)", "allow this computer"],
    ["emulator-5554 offline", "emulator-5554 (offline)", "reconnect offline"],
    ["0123456789 no permissions (missing udev rules?)", "0123456789 (no permissions)", "udev"],
  ])("without a device that is ready is not enough: %s", async (rows, list, mend) => {
    await serve(41, rows);
    expect((await found())["devices"]).toMatchObject({
      status: "missing",
      found: list,
      mend: expect.stringContaining(mend),
    });
  });

  test("that is something else is not to be started once more", async () => {
    server = createServer((socket) => {
      socket.on("error", () => {});
      socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    await new Promise<void>((resolve) => server!.listen(port, "127.0.0.1", resolve));
    expect((await found())["adb server"]).toMatchObject({
      status: "missing",
      found: expect.stringContaining("does not answer as an adb server does"),
      mend: expect.stringContaining(`lsof -i :${port}`),
    });
  });

  test("that is not there is missing, and is not started", async () => {
    const adb = await fakeProgram(path.join(machine.bin, "adb"), adbSays(41, "35.0.2"));
    expect((await found())["adb server"]).toMatchObject({
      status: "missing",
      mend: expect.stringContaining(`adb -P ${port} start-server`),
    });
    expect(await readFile(`${adb}.calls`, "utf8")).toBe("version\n");
  });
});
