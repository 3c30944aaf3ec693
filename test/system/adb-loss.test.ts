import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  type AdbAddress,
  consoleCommand,
  type Device,
  listAdbDevices,
  openAdbDevice,
} from "../../src/device/index.ts";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type RealAdbServer, startRealAdbServer } from "../support/real-adb.ts";
import { adbTest } from "../support/require.ts";
import { until } from "../support/until.ts";

adbTest("what the driver bears of the real adb server", (adb) => {
  let home: string;
  let server: RealAdbServer;
  let simulation: Simulation;
  let adbHost: AdbAddress;
  let serial: string;
  let device: Device;

  const simulate = async (): Promise<Simulation> =>
    startSimulation({
      devices: 2,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(home, ".emulator_console_auth_token"),
    });

  beforeAll(async () => {
    home = await newFolder();
    simulation = await simulate();
    server = await startRealAdbServer(adb, home);
    adbHost = { host: "127.0.0.1", port: server.port };
    serial = `127.0.0.1:${simulation.devices[0]!.adbPort}`;
    await ask(adbHost.port, `host:connect:${serial}`);
    await until(async () => (await listAdbDevices(adbHost)).some((row) => row.state === "device"));
    const patience = { serverMs: 10_000, absentMs: 10_000, offlineMs: 10_000, reconnectMs: 300 };
    device = await openAdbDevice({ serial, adbHost, timeouts: { patience } });
  });

  afterAll(async () => {
    await device?.close();
    await server?.close();
    await simulation?.close();
    await removeFolders();
  });

  test("a server that is killed and started anew has forgotten the device, and is told of it", async () => {
    const endless = device.shell(["logcat"]).catch((error: unknown) => error);
    await device.shell(["echo", "alive"]);
    await server.kill();
    // It may have happened: it is not done again.
    expect(await endless).toMatchObject({ code: "DEVICE_GONE", class: "infra" });
    const looking = device.screen();
    server = await startRealAdbServer(adb, home, server.port);
    expect(await looking).toMatchObject({ treeSource: "uiautomator" });
    expect(await device.shell(["echo", "on"])).toMatchObject({ stdout: "on\n" });
  });

  test("a server that reconnects the device loses nothing", async () => {
    await ask(adbHost.port, `host-serial:${serial}:reconnect`);
    expect(await device.shell(["echo", "back"])).toMatchObject({ stdout: "back\n" });
  });

  test("a device that stays offline is connected with anew, and waited for while the server does not have it", async () => {
    const { consolePort } = simulation.devices[0]!;
    const fault = (words: string) => consoleCommand(`fault ${words}`, { port: consolePort, timeoutMs: 5000 });
    // As they are by default, it has been away for longer than an absent device is waited for when it is asked for.
    const patience = { serverMs: 10_000, absentMs: 4000, offlineMs: 20_000, reconnectMs: 4500 };
    const patient = await openAdbDevice({ serial, adbHost, timeouts: { patience } });
    try {
      await fault("set offline");
      const looking = patient.screen();
      // The server forgets a device by its address when it is asked to reconnect.
      await until(async () => (await listAdbDevices(adbHost)).length === 0);
      await fault("clear");
      expect(await looking).toMatchObject({ treeSource: "uiautomator" });
    } finally {
      await patient.close();
    }
  });

  test("a new server is told of an emulator that it does not look for by itself", async () => {
    const { serial: emulator, adbPort } = simulation.devices[1]!;
    await ask(adbHost.port, `host:emulator:${adbPort}`);
    await until(async () =>
      (await listAdbDevices(adbHost)).some((row) => row.serial === emulator && row.state === "device"),
    );
    const patience = { serverMs: 10_000, absentMs: 10_000, offlineMs: 10_000, reconnectMs: 300 };
    const opened = await openAdbDevice({ serial: emulator, adbHost, timeouts: { patience } });
    await server.kill();
    server = await startRealAdbServer(adb, home, server.port);
    expect(await opened.shell(["echo", "found"])).toMatchObject({ stdout: "found\n" });
    await opened.close();
  });

  test("ports of a device that is closed are removed, but not where they lead elsewhere by now", async () => {
    const own = await openAdbDevice({ serial, adbHost });
    const [kept, taken] = [await own.forward(7001), await own.forward(7002)];
    await ask(adbHost.port, `host-serial:${serial}:forward:tcp:${taken.port};tcp:7009`);
    expect(await answer(adbHost.port, "host:list-forward")).toContain(
      `${serial} tcp:${kept.port} tcp:7001\n`,
    );
    await own.close();
    expect((await answer(adbHost.port, "host:list-forward")).slice("OKAY0000".length)).toBe(
      `${serial} tcp:${taken.port} tcp:7009\n`,
    );
    await ask(adbHost.port, `host:killforward:tcp:${taken.port}`);
  });

  test("a device that is gone is closed without a complaint about its ports", async () => {
    const patience = { serverMs: 0, absentMs: 0, offlineMs: 0, reconnectMs: 300 };
    const own = await openAdbDevice({ serial, adbHost, timeouts: { patience } });
    await own.forward(7001);
    await own.reverse(7001, 9);
    await server.kill();
    await expect(own.close()).resolves.toBeUndefined();
    server = await startRealAdbServer(adb, home, server.port);
    await device.shell(["echo", "back"]);
  });

  test("another device under the same address is not taken for the first", async () => {
    let target = simulation.devices[0]!.adbPort;
    const proxy = createServer((near) => {
      const far = connect(target, "127.0.0.1");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on("error", () => other.destroy());
        one.on("close", () => other.destroy());
        one.pipe(other);
      }
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const address = `127.0.0.1:${(proxy.address() as { port: number }).port}`;
    await ask(adbHost.port, `host:connect:${address}`);
    const first = await openAdbDevice({ serial: address, adbHost });
    target = simulation.devices[1]!.adbPort;
    await ask(adbHost.port, `host:disconnect:${address}`);
    await ask(adbHost.port, `host:connect:${address}`);
    await expect(first.shell(["echo", "who"])).rejects.toMatchObject({
      code: "DEVICE_CHANGED",
      class: "infra",
    });
    const second = await openAdbDevice({ serial: address, adbHost });
    expect(second.info.identity).not.toBe(first.info.identity);
    await first.close();
    await second.close();
    await ask(adbHost.port, `host:disconnect:${address}`);
    proxy.close();
    await once(proxy, "close");
  });
});

/** Sends the adb server one request, and waits until it has answered and hung up. */
async function ask(port: number, request: string): Promise<void> {
  await answer(port, request);
}

async function answer(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${request.length.toString(16).padStart(4, "0")}${request}`);
  return text(socket);
}
