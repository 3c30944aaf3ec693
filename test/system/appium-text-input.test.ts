import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  type AppiumServer,
  type Device,
  openAppiumDevice,
  startAppiumServer,
} from "../../src/device/index.ts";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { type AdbRecorder, startAdbRecorder } from "../support/adb-recorder.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { appiumTest } from "../support/require.ts";
import { expectNoTextUnquoted, shellCommands, textTable } from "../support/text-table.ts";

appiumTest("texts through Appium", ({ androidHome }) => {
  let simulation: Simulation;
  let recorder: AdbRecorder;
  let appium: AppiumServer;
  let device: Device | undefined;
  beforeAll(async () => {
    simulation = await startSimulation({
      devices: 1,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(await newFolder(), ".emulator_console_auth_token"),
    });
    recorder = await startAdbRecorder(simulation.adbServerPort);
    appium = await startAppiumServer({ androidHome });
  });
  afterAll(async () => {
    await device?.close();
    await appium?.close();
    await recorder?.close();
    await simulation?.close();
    await removeFolders();
  });

  textTable(async () => {
    const { serial } = simulation.devices[0]!;
    const adbHost = { host: "127.0.0.1", port: recorder.port };
    device = await openAppiumDevice({ serial, adbHost, appium, timeouts: { commandMs: 10_000 } });
    return device;
  });

  test("nothing of a text is read by a shell, neither our driver's nor Appium's", () => {
    const commands = shellCommands(recorder.services());
    // Appium's own adb goes the same way, and so does what we type ourselves.
    expect(commands.some((command) => command.startsWith("am instrument"))).toBe(true);
    expect(commands.some((command) => command.includes("reboot"))).toBe(true);
    expectNoTextUnquoted(commands);
  });
});
