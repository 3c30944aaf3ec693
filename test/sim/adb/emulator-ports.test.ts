import { mkdir } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import {
  announceEmulator,
  type EmulatorPorts,
  startAdbServer,
  startEmulatorPorts,
} from "../../../src/sim/adb/index.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { FakeHost } from "./fake-host.ts";

const open: EmulatorPorts[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((ports) => ports.close()));
  await removeFolders();
});

async function start(consolePort?: number): Promise<EmulatorPorts> {
  const tokenFile = path.join(await newFolder(), "token");
  const ports = await startEmulatorPorts(new FakeHost(), {
    tokenFile,
    ...(consolePort === undefined ? {} : { consolePort }),
  });
  open.push(ports);
  return ports;
}

test("devices get neighbouring ports of their own, at once, too", async () => {
  const all = await Promise.all([start(), start(), start()]);
  for (const { serial, adbd, console } of all) {
    expect(console.port % 2).toBe(0);
    expect(adbd.port).toBe(console.port + 1);
    expect(serial).toBe(`emulator-${console.port}`);
  }
  expect(new Set(all.map(({ serial }) => serial)).size).toBe(3);
});

test("a port that is named must be free", async () => {
  const first = await start();
  await expect(start(first.console.port)).rejects.toMatchObject({ code: "PORTS_IN_USE" });
  await first.close();
  expect((await start(first.console.port)).serial).toBe(first.serial);
});

test("nothing is left open where the start fails", async () => {
  const folder = await newFolder();
  await mkdir(path.join(folder, "token"));
  const failing = startEmulatorPorts(new FakeHost(), { tokenFile: path.join(folder, "token") });
  await expect(failing).rejects.toMatchObject({ code: "CONSOLE_TOKEN" });
});

test("an adb server is told of a new emulator", async () => {
  const server = await startAdbServer();
  const { serial, adbd } = await start();
  const tracker = connect({ port: server.port, host: "127.0.0.1" });
  tracker.write(
    `${`host-serial:${serial}:wait-for-any-device`.length.toString(16).padStart(4, "0")}host-serial:${serial}:wait-for-any-device`,
  );
  await announceEmulator(server.port, adbd.port);
  expect(await text(tracker)).toBe("OKAYOKAY");
  await server.close();
  await expect(announceEmulator(server.port, adbd.port)).rejects.toMatchObject({ code: "ADB_SERVER_GONE" });
});
