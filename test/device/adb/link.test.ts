import { afterEach, describe, expect, test } from "@jest/globals";
import { openAdbDevice } from "../../../src/device/index.ts";
import { act, closeAll, linked, look, startServer } from "./linked.ts";

afterEach(closeAll);

describe("a device that comes back", () => {
  test("is used again when it is the same one, under a new transport id", async () => {
    const server = await startServer();
    const device = await linked(server);
    expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
    server.unplug("fake-1");
    const waiting = device.run("look", look);
    server.plug("fake-1", "A");
    expect((await waiting).stdout.toString()).toBe("A did look");
    expect(server.commands).toEqual(["A: look", "A: look"]);
  });

  test("is DEVICE_CHANGED when it is another one, which is given nothing to do", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.unplug("fake-1");
    server.plug("fake-1", "B");
    await expect(device.run("input tap", act)).rejects.toMatchObject({
      code: "DEVICE_CHANGED",
      class: "infra",
    });
    expect(server.commands).toEqual([]);
    server.unplug("fake-1");
    server.plug("fake-1", "A");
    expect((await device.run("input tap", act)).stdout.toString()).toBe("A did input tap");
  });

  test("is looked at anew also where the server's id for it is the old one", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.offline("fake-1");
    server.online("fake-1", "B");
    await server.told();
    await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_CHANGED" });
  });

  test("is asked to connect once while it is offline", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.offline("fake-1");
    server.onReconnect = () => server.online("fake-1", "A");
    expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
    expect(server.requests.filter((request) => request.endsWith(":reconnect"))).toEqual([
      "host-transport-id:1:reconnect",
    ]);
  });

  test.each([
    ["192.168.1.7:5555", "host:connect:192.168.1.7:5555"],
    ["adb-39FD (2)._adb-tls-connect._tcp", "host:connect:adb-39FD (2)._adb-tls-connect._tcp"],
    ["emulator-5600", "host:emulator:5601"],
  ])("is asked for where a new server has forgotten it: %s", async (serial, request) => {
    const server = await startServer(serial);
    const device = await linked(server, serial);
    server.unplug(serial);
    server.onConnect = () => server.plug(serial, "A");
    expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
    expect(server.requests).toContain(request);
  });

  test("that the server never had is asked for at the first opening by its address alone", async () => {
    const server = await startServer();
    server.onConnect = (name) => server.plug(name, "A");
    await linked(server, "192.168.1.8:5555");
    expect(server.requests).toContain("host:connect:192.168.1.8:5555");
    // A port of this host may be that of somebody else's emulator.
    await expect(linked(server, "emulator-5602")).rejects.toMatchObject({ code: "DEVICE_GONE" });
    expect(server.requests.some((request) => request.startsWith("host:emulator:"))).toBe(false);
  });

  test.each(["192.168.1.7:5555", "emulator-5600"])(
    "%s is asked for also when it was waited for in vain, and when it is opened again",
    async (serial) => {
      const server = await startServer(serial);
      const device = await linked(server, serial, { absentMs: 0 });
      server.unplug(serial);
      await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_GONE" });
      server.onConnect = () => server.plug(serial, "A");
      expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
      server.unplug(serial);
      await server.told();
      expect((await (await linked(server, serial)).run("look", look)).stdout.toString()).toBe("A did look");
    },
  );

  test("is waited for within a bound where the server waits for its address for ever", async () => {
    const server = await startServer("192.168.1.7:5555");
    const device = await linked(server, "192.168.1.7:5555", { absentMs: 100 });
    server.connectsForEver = true;
    server.unplug("192.168.1.7:5555");
    await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_GONE", class: "infra" });
  });

  test("is not mixed up with the device that a new server gives its number to", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.beforeTransport = async () => {
      server.beforeTransport = async () => {};
      await server.hangUp();
      server.online("fake-1", "B");
    };
    await expect(device.run("input tap", act)).rejects.toMatchObject({ code: "DEVICE_CHANGED" });
    expect(server.commands).toEqual([]);
  });

  test("is waited for in vain once, not by every call", async () => {
    const server = await startServer();
    const device = await linked(server, "fake-1", { absentMs: 1000 });
    server.unplug("fake-1");
    await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_GONE", class: "infra" });
    // Twenty waits would take longer than a test may.
    for (let i = 0; i < 20; i++) {
      await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_GONE" });
    }
    server.plug("fake-1", "A");
    await server.told();
    expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
  });

  test("that the adb server may not open says how that is mended", async () => {
    const server = await startServer();
    const device = await linked(server, "fake-1", { offlineMs: 100 });
    server.offline("fake-1", "no permissions");
    await expect(device.run("look", look)).rejects.toMatchObject({
      code: "DEVICE_GONE",
      message: expect.stringContaining("udev rules"),
    });
  });

  test("that has not allowed debugging says so", async () => {
    const server = await startServer();
    const device = await linked(server, "fake-1", { offlineMs: 100 });
    server.offline("fake-1", "unauthorized");
    await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_UNAUTHORIZED" });
  });
});

describe("two devices with one serial", () => {
  test("are not used: nobody can tell which is meant", async () => {
    const server = await startServer();
    server.plug("fake-1", "A");
    await expect(linked(server)).rejects.toMatchObject({ code: "DEVICE_AMBIGUOUS", class: "infra" });
    await expect(openAdbDevice({ serial: "fake-1", adbHost: server.address })).rejects.toMatchObject({
      code: "DEVICE_AMBIGUOUS",
      class: "config",
    });
    expect(server.commands).toEqual([]);
  });

  test("leave the first one in use while it is there, and put none in its place", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.plug("fake-1", "A");
    await server.told();
    await device.run("input tap", act);
    server.unplug("fake-1");
    await server.told();
    await expect(device.run("input tap", act)).rejects.toMatchObject({ code: "DEVICE_AMBIGUOUS" });
    expect(server.commands).toEqual(["A: input tap"]);
  });
});

describe("a connection that breaks in the middle", () => {
  test("is made again for what only looks", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.breakNext = 1;
    expect((await device.run("look", look)).stdout.toString()).toBe("A did look");
    expect(server.commands).toEqual(["A: look", "A: look"]);
  });

  test("is not for what may have happened", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.breakNext = 1;
    await expect(device.run("input tap", act)).rejects.toMatchObject({ code: "DEVICE_GONE" });
    expect(server.commands).toEqual(["A: input tap"]);
    await device.run("input tap", act);
    expect(server.commands).toHaveLength(2);
  });

  test("ends what looks after the second time", async () => {
    const server = await startServer();
    const device = await linked(server);
    server.breakNext = 2;
    await expect(device.run("look", look)).rejects.toMatchObject({ code: "DEVICE_GONE" });
    expect(server.commands).toHaveLength(2);
  });
});

describe("an adb server that ends", () => {
  test("is waited for, and the device is used again when it is the same", async () => {
    const server = await startServer();
    const device = await linked(server);
    await server.stop();
    const tapping = device.run("input tap", act);
    const looking = device.run("look", look);
    await server.restart();
    server.plug("fake-1", "A");
    await tapping;
    await looking;
    expect(server.commands.sort()).toEqual(["A: input tap", "A: look"]);
    expect(server.requests.some((request) => /kill/u.test(request))).toBe(false);
  });

  test("is ADB_UNREACHABLE when it stays away", async () => {
    const server = await startServer();
    const device = await linked(server, "fake-1", { serverMs: 300 });
    await server.stop();
    await expect(device.run("look", look)).rejects.toMatchObject({
      code: "ADB_UNREACHABLE",
      class: "infra",
      message: expect.stringContaining("start-server"),
    });
  });
});
