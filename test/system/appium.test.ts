import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import { type AppiumServer, openAppiumDevice, startAppiumServer } from "../../src/device/index.ts";
import { createDevicePool } from "../../src/farm/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun, type RunEvent, type RunResult } from "../../src/run/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { loadSuite } from "../../src/task/index.ts";
import { type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type RealAdbServer, startRealAdbServer } from "../support/real-adb.ts";
import { expectSound, readAttempts } from "../support/records.ts";
import { appiumTest } from "../support/require.ts";

const phones = 8;

/**
 * Real all the way: a run with agent, store and checks over webdriverio, an Appium server, the UiAutomator2 driver,
 * adb and its server. Only the phones are simulated, and the model, which is met over HTTP.
 */
appiumTest("a run over a real Appium server and a real adb server", ({ androidHome, adb }) => {
  let sim: RunningSim;
  let adbServer: RealAdbServer;
  let appium: AppiumServer;
  let serials: string[];
  let store: Store;

  beforeAll(async () => {
    sim = await startSim(["--devices", String(phones), "--seed", "1"]);
    adbServer = await startRealAdbServer(adb, await newFolder());
    serials = sim.devices.map(({ adbPort }) => `127.0.0.1:${adbPort}`);
    for (const serial of serials) await adbServer.adb("connect", serial);
    appium = await startAppiumServer({ androidHome });
  });
  afterAll(async () => {
    await appium?.close();
    await adbServer?.close();
    await sim?.close();
    await removeFolders();
  });
  beforeEach(async () => {
    store = await openStore(path.join(await newFolder(), "run.db"));
  });
  afterEach(() => store.close());

  /** `instances` of a template, one device for each. */
  async function carryOut(
    template: string,
    instances: number,
    onEvent: (event: RunEvent) => void,
  ): Promise<RunResult> {
    const adbHost = { host: "127.0.0.1", port: adbServer.port };
    const open = (serial: string) => openAppiumDevice({ serial, adbHost, appium });
    const pool = createDevicePool(
      serials.slice(0, instances).map((serial) => ({ name: serial, open: () => open(serial) })),
    );
    const { model } = createModelLayer(oneModel({ ...sim.model, timeoutSeconds: 60 }), { maxAttempts: 3 });
    try {
      const suite = await loadSuite("tasks/demo.yaml");
      const run = await planRun(store, {
        suite,
        only: [template],
        instances,
        samples: 1,
        seed: 3,
        settings: {},
      });
      return await executeRun({
        store,
        runId: run.id,
        pool,
        agentFor: () =>
          createAgent(defaultAgentSpec("androidgen"), { model, experiences: store.experiences }),
        onEvent,
      });
    } finally {
      await pool.close();
    }
  }

  const contacts = async (serial: string): Promise<string[]> => {
    const uri = "content://com.android.contacts/data/phones";
    const query = ["shell", "content", "query", "--uri", uri, "--projection", "display_name"];
    const rows = await adbServer.adb("-s", serial, ...query);
    return [...rows.matchAll(/display_name=(.*)/gu)].map(([, name]) => name!.trim());
  };

  test("eight devices at once: a task done on each, and nothing of it on another", async () => {
    const before = await contacts(serials[0]!);
    const goals = new Map<string, string>();
    const { summary, error } = await carryOut("contact-add", phones, (event) => {
      if (event.type === "episode-started") goals.set(event.device, event.goal);
    });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({ state: "finished", succeeded: phones, failed: 0, errors: 0 });
    expect([...goals.keys()].sort()).toEqual([...serials].sort());
    for (const serial of serials) {
      const [, name] = /contact for (.+) with the phone/u.exec(goals.get(serial)!)!;
      const added = (await contacts(serial)).filter((each) => !before.includes(each));
      expect({ serial, added }).toEqual({ serial, added: [name] });
    }
    await expectSound(store.file);
  });

  test("instrumentation that is killed in the middle of tasks is started again, and the tasks go on", async () => {
    const killed: Promise<string>[] = [];
    const { summary, error } = await carryOut("note-create", 2, (event) => {
      if (event.type !== "step" || event.number !== 2) return;
      const server = "io.appium.uiautomator2.server";
      killed.push(adbServer.adb("-s", event.device, "shell", "am", "force-stop", server));
    });
    expect(error).toBeUndefined();
    expect(await Promise.all(killed)).toHaveLength(2);
    expect(summary).toMatchObject({ state: "finished", succeeded: 2, failed: 0, errors: 0 });
    // In the same attempts, with every step recorded once.
    expect(readAttempts(store.file)).toMatchObject([
      { attempt: 1, state: "succeeded" },
      { attempt: 1, state: "succeeded" },
    ]);
    await expectSound(store.file);
  });
});
