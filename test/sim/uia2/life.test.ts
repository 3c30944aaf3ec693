import { EventEmitter, once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createRandom } from "../../../src/random.ts";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { createUia2Server } from "../../../src/sim/uia2/server.ts";
import { sh } from "../harness.ts";
import { instrument, phoneWithServer, send, startServer } from "./support.ts";

let device: SimulatedDevice;
let fresh: ReturnType<SimulatedDevice["save"]>;
beforeAll(async () => {
  device = await phoneWithServer();
  fresh = device.save();
});
beforeEach(() => device.restore(fresh));
afterAll(() => device.close());

const crashed = "INSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n";

test("listens while am instrument runs, and no longer", async () => {
  expect(device.ports.connect(6790)).toBeUndefined();
  const server = await startServer(device);
  expect(server.printed()).toBe("\nio.appium.uiautomator2.server.test.AppiumUiAutomator2Server:");
  expect((await server.call("GET", "/status")).value).toMatchObject({ ready: true });
  expect((await sh(device, "ps -A")).out).toContain(" io.appium.uiautomator2.server\n");
  server.hangUp();
  await server.ended;
  expect(device.ports.connect(6790)).toBeUndefined();
  expect((await sh(device, "ps -A")).out).not.toContain("uiautomator2");
});

test.each([
  "am force-stop io.appium.uiautomator2.server",
  "am force-stop io.appium.uiautomator2.server.test",
  "pm uninstall io.appium.uiautomator2.server.test",
  "kill -9 $(pidof io.appium.uiautomator2.server)",
])("dies by %s, as a process that crashed", async (command) => {
  const server = await startServer(device);
  await sh(device, command);
  expect(await server.ended).toBe(0);
  expect(server.printed()).toContain(crashed);
  await expect(server.call("GET", "/status")).rejects.toThrow("connection refused");
});

test("ends with the session, after its reply", async () => {
  const server = await startServer(device);
  await server.open();
  expect(await server.in("DELETE", "")).toMatchObject({ status: 200, value: null });
  await server.ended;
  expect(server.printed()).toMatch(/:\.\n\nTime: \d+\.\d{3}\n\nOK \(1 test\)/u);
});

test("ends as the charger is taken away, unless its session was told otherwise", async () => {
  const server = await startServer(device);
  await server.open();
  await sh(device, "dumpsys battery unplug");
  await server.ended;
  await sh(device, "dumpsys battery reset");
  const told = await startServer(device);
  await told.open({ "appium:shutdownOnPowerDisconnect": false });
  await sh(device, "dumpsys battery unplug");
  expect((await told.call("GET", "/status")).status).toBe(200);
});

test("is gone after a snapshot was loaded", async () => {
  const state = device.save();
  const server = await startServer(device);
  device.restore(state);
  await server.ended;
  expect(device.ports.connect(6790)).toBeUndefined();
  const again = await startServer(device);
  expect((await again.call("GET", "/status")).status).toBe(200);
  again.hangUp();
  await again.ended;
});

test("what is under way when it ends does not touch the phone any more", async () => {
  const over = new AbortController();
  const time = new EventEmitter();
  const waiting = once(time, "waited for");
  const latency = {
    spend: async () => undefined,
    async pass() {
      time.emit("waited for");
      await once(time, "passed");
    },
  };
  const { phone, faults, ports } = device;
  const host = { phone, faults, latency, random: createRandom("test", 1) };
  const server = createUia2Server(host, over.signal, () => undefined);
  const listener = ports.listen(6790, (connection) => server.accept(connection));
  const { value } = await send(device, "POST", "/session", { capabilities: {} });
  const home = [
    { type: "pause", duration: 100 },
    { type: "keyDown", value: "\uE011" },
  ];
  await sh(device, "am start -a android.settings.SETTINGS");
  const acting = send(device, "POST", `/session/${value.sessionId}/actions`, {
    actions: [{ type: "key", id: "k", actions: home }],
  });
  await waiting;
  over.abort();
  time.emit("passed");
  listener.stop();
  expect((await acting).status).toBe(500);
  expect(device.phone.activities.top().package).toBe("com.android.settings");
});

test("a second one takes the place of the first", async () => {
  const first = await startServer(device);
  const second = await startServer(device);
  expect(await first.ended).toBe(0);
  expect(first.printed()).toContain(crashed);
  expect((await second.call("GET", "/status")).status).toBe(200);
  second.hangUp();
  await second.ended;
});

test("does not start without its packages", async () => {
  await sh(device, "pm uninstall io.appium.uiautomator2.server");
  const noTarget = await sh(device, instrument);
  expect(noTarget.out).toContain(
    "Unable to find instrumentation target package: io.appium.uiautomator2.server",
  );
  expect(noTarget.code).toBe(1);
  await sh(device, "pm uninstall io.appium.uiautomator2.server.test");
  expect((await sh(device, instrument)).out).toContain("Unable to find instrumentation info for");
});

test("holds the one UiAutomation connection: uiautomator on the shell is killed", async () => {
  const server = await startServer(device);
  expect(await sh(device, "uiautomator dump")).toMatchObject({ code: 137, err: "Killed \n" });
  expect((await sh(device, "logcat -d -s AndroidRuntime")).out).toContain("already registered!");
  server.hangUp();
  await server.ended;
  expect(await sh(device, "uiautomator dump")).toMatchObject({ code: 0 });
});

test("the fault instrumentation-death kills it at its next request", async () => {
  const server = await startServer(device);
  await server.open();
  device.faults.set("instrumentation-death", { times: 1 });
  await expect(server.in("GET", "/source")).rejects.toThrow(/socket hang up|closed|reset/u);
  await server.ended;
  expect(server.printed()).toContain(crashed);
});

test("the fault session-lost makes it forget its session", async () => {
  const server = await startServer(device);
  await server.open();
  device.faults.set("session-lost", { times: 1 });
  expect(await server.in("GET", "/source")).toMatchObject({
    status: 404,
    value: { error: "invalid session id" },
  });
  await server.open();
  expect((await server.in("GET", "/source")).status).toBe(200);
  server.hangUp();
  await server.ended;
});
