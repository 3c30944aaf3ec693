import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import {
  type AdbDeviceRow,
  type AppiumServer,
  type Device,
  listAdbDevices,
  openAdbDevice,
  openAppiumDevice,
  startAppiumServer,
} from "../../src/device/index.ts";
import { createDevicePool } from "../../src/farm/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { loadSuite } from "../../src/task/index.ts";
import { type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type RealAdbServer, startRealAdbServer } from "../support/real-adb.ts";
import { expectEveryEpisodeOnce, expectSound, readAttempts } from "../support/records.ts";
import { appiumTest } from "../support/require.ts";
import { until } from "../support/until.ts";

/** An emulator whose main loop hangs: its sockets stay open, adb calls it ready, and nothing is ever answered. */
appiumTest("an emulator that is stopped (SIGSTOP) in the middle of a task", ({ androidHome, adb }) => {
  let healthy: RunningSim;
  let frozen: RunningSim;
  let adbServer: RealAdbServer;
  let appium: AppiumServer;
  beforeAll(async () => {
    [healthy, appium] = await Promise.all([
      startSim(["--devices", "1", "--seed", "1"]),
      startAppiumServer({ androidHome }),
    ]);
    adbServer = await startRealAdbServer(adb, await newFolder());
    await adbServer.adb("connect", address(healthy));
  });
  afterAll(async () => {
    await appium?.close();
    await adbServer?.close();
    await healthy?.close();
    await removeFolders();
  });
  beforeEach(async () => {
    frozen = await startSim(["--devices", "1", "--seed", "2", "--no-model"]);
    await adbServer.adb("connect", address(frozen));
    const isReady = ({ serial, state }: AdbDeviceRow): boolean =>
      serial === address(frozen) && state === "device";
    await until(async () => (await listAdbDevices(adbHost())).some(isReady));
  });
  afterEach(async () => {
    process.kill(frozen.pid, "SIGCONT");
    // The next one may come to have its address.
    await adbServer.adb("disconnect", address(frozen));
    await frozen.close();
  });

  const adbHost = () => ({ host: "127.0.0.1", port: adbServer.port });
  const address = ({ devices }: RunningSim): string => `127.0.0.1:${devices[0]!.adbPort}`;
  const timeouts = {
    commandMs: 10_000,
    patience: { serverMs: 4000, absentMs: 4000, offlineMs: 4000, reconnectMs: 1000 },
  };
  const open = (driver: string, serial: string): Promise<Device> => {
    const at = { serial, adbHost: adbHost(), timeouts };
    return driver === "adb" ? openAdbDevice(at) : openAppiumDevice({ ...at, appium });
  };

  test.each(["adb", "appium"])("over %s: its task is done on another device, once", async (driver) => {
    const file = path.join(await newFolder(), "run.db");
    const store = await openStore(file);
    const pool = createDevicePool(
      [frozen, healthy].map(address).map((serial) => ({ name: serial, open: () => open(driver, serial) })),
    );
    const { model } = createModelLayer(oneModel({ ...healthy.model, timeoutSeconds: 60 }), {
      maxAttempts: 3,
    });
    try {
      const suite = await loadSuite("tasks/demo.yaml");
      const plan = { suite, only: ["contact-add"], instances: 2, samples: 1, seed: 1, settings: {} };
      const { summary, error } = await executeRun({
        store,
        runId: (await planRun(store, plan)).id,
        pool,
        agentFor: () =>
          createAgent(defaultAgentSpec("androidgen"), { model, experiences: store.experiences }),
        onEvent(event) {
          if (event.type === "step" && event.number === 2 && event.device === address(frozen)) {
            process.kill(frozen.pid, "SIGSTOP");
          }
        },
      });
      expect(error).toBeUndefined();
      expect(summary).toMatchObject({ state: "finished", succeeded: 2, failed: 0, errors: 0 });
    } finally {
      // That it answers to nothing keeps nobody from giving it up.
      await pool.close();
      await store.close();
    }
    await expectSound(file);
    expectEveryEpisodeOnce(file, 2);
    const attempts = readAttempts(file).filter(({ state }) => state === "error");
    expect(attempts).toMatchObject([
      { attempt: 1, steps: 2, device: address(frozen), error_code: "DEVICE_TIMEOUT" },
    ]);
  });
});
