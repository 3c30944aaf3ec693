import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "@jest/globals";
import { DeviceLink } from "../../../src/device/adb/link.ts";
import { transportOver } from "../../../src/device/adb/transport.ts";
import { holdWatch } from "../../../src/device/adb/watch.ts";
import { closeAll, closing, linked, look, startServer } from "./linked.ts";

afterEach(closeAll);

test("devices of one server share one watch, which the last one closes", async () => {
  const server = await startServer();
  server.plug("fake-2", "B");
  const options = {
    address: server.address,
    commandMs: 5000,
    patience: { serverMs: 0, absentMs: 0, offlineMs: 0, reconnectMs: 0 },
  };
  const links = await Promise.all(
    ["fake-1", "fake-2"].map((serial) => DeviceLink.open({ ...options, serial })),
  );
  expect(server.watchers).toBe(1);
  links[0]!.close();
  expect((await transportOver(links[1]!).run("look", look)).stdout.toString()).toBe("B did look");
  links[1]!.close();
  await server.unwatched();
});

test("whoever waits when a device is closed is told so, and nothing is watched any more", async () => {
  const server = await startServer();
  const link = await DeviceLink.open({
    address: server.address,
    serial: "fake-1",
    commandMs: 5000,
    patience: { serverMs: 5000, absentMs: 5000, offlineMs: 5000, reconnectMs: 5000 },
  });
  server.unplug("fake-1");
  await server.told();
  const waiting = transportOver(link).run("look", look);
  link.close();
  await expect(waiting).rejects.toMatchObject({ code: "DEVICE_CLOSED" });
  await server.unwatched();
});

test("a watch that is given up before it has begun is closed", async () => {
  const server = await startServer();
  const { watch, release } = holdWatch(server.address);
  const starting = watch.start(5000);
  release();
  await expect(starting).rejects.toMatchObject({ code: "ADB_UNREACHABLE" });
  await server.told();
  await server.unwatched();
});

test("a program that only waits for its devices does not end before it knows, and warns of nothing", async () => {
  const serials = Array.from({ length: 12 }, (_, i) => `fake-${i}`);
  const server = await startServer("other");
  for (const serial of serials) server.plug(serial, serial);
  const program = join(import.meta.dirname, "../../support/waiting-run.ts");
  const args = ["--import", "tsx", program, String(server.address.port), ...serials];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  closing.push(() => void child.kill("SIGKILL"));
  const complaints = text(child.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe("open");
  for (const serial of serials) server.unplug(serial);
  for (const _ of serials) expect((await lines.next()).value).toBe("DEVICE_GONE");
  expect(await complaints).toBe("");
});

test("a server that cannot watch is too old", async () => {
  const server = await startServer();
  server.old = true;
  await expect(linked(server)).rejects.toMatchObject({ code: "ADB_OLD" });
});
