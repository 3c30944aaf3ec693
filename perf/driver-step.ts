import { openAdbDevice, openAppiumDevice, startAppiumServer, type Device } from "../src/device/index.ts";
import { adbPerCommand, pauseMs } from "./adb-per-command.ts";
import { repeat, round, type Figure } from "./figure.ts";
import { startSimulation } from "./simulation.ts";

/** Steps that count, after some that do not: a device's times are spread so far that the median of 16 moves by a tenth. */
const steps = 48;
/** Most of such a step is its pause. */
const baselineSteps = 16;
const warmUp = 6;

/**
 * The device's share of one step, on a device as slow as an emulator: a tap or the back key, then the screen that it
 * brought. Every way of driving takes the same way through the Settings.
 */
export async function driverStep(): Promise<Figure[]> {
  const baseline = await onFreshDevice(async (serial, adb) => {
    const peer = await adbPerCommand(serial, adb.port);
    try {
      await peer.openSettings();
      let inside = false;
      return await repeat(
        baselineSteps,
        async () => {
          await (inside ? peer.back() : peer.tap(540, 800));
          inside = !inside;
          await peer.look();
        },
        warmUp,
      );
    } finally {
      await peer.close();
    }
  });
  const byAdb = await onFreshDevice((serial, adb) => driven(openAdbDevice({ serial, adbHost: adb })));
  const appium = await startAppiumServer();
  try {
    const byAppium = await onFreshDevice((serial, adb) =>
      driven(openAppiumDevice({ serial, adbHost: adb, appium })),
    );
    const beside = {
      name: `one adb process per command and ${pauseMs / 1000} s pause`,
      value: round(baseline.median, 0),
    };
    const figure = (name: string, { median, spread }: { median: number; spread: number }): Figure => ({
      name,
      value: round(median, 0),
      unit: "ms",
      spread: round(spread),
      baseline: { ...beside, ratio: round(median / baseline.median) },
      note: `${round(baseline.median / median, 1)} times less; ${round((baseline.median - pauseMs) / median, 1)} times without the baseline's pause`,
    });
    return [figure("step-adb", byAdb), figure("step-appium", byAppium)];
  } finally {
    await appium.close();
  }
}

async function driven(opening: Promise<Device>): Promise<{ median: number; spread: number }> {
  const device = await opening;
  try {
    await device.shell(["am", "start", "-n", "com.android.settings/.Settings"]);
    let screen = await device.screen();
    let inside = false;
    return await repeat(
      steps,
      async () => {
        const action = inside
          ? ({ type: "press", key: "back" } as const)
          : ({ type: "tap", target: { kind: "point", x: 540, y: 800 } } as const);
        const result = await device.perform(action, screen);
        if (!result.ok) throw new Error(result.reason);
        inside = !inside;
        screen = await device.screen();
      },
      warmUp,
    );
  } finally {
    await device.close();
  }
}

async function onFreshDevice<T>(
  use: (serial: string, adb: { host: string; port: number }) => Promise<T>,
): Promise<T> {
  const simulation = await startSimulation(1, "realistic");
  try {
    return await use(simulation.devices[0]!.serial, simulation.adb);
  } finally {
    await simulation.close();
  }
}

/** Opening sessions on devices that were driven by Appium before, without latency: what Appium and we take. */
export async function appiumSessions(): Promise<Figure[]> {
  const simulation = await startSimulation(8);
  const appium = await startAppiumServer();
  const open = (serial: string): Promise<Device> =>
    openAppiumDevice({ serial, adbHost: simulation.adb, appium });
  const serials = simulation.devices.map(({ serial }) => serial);
  const openAndClose = async (some: readonly string[]): Promise<number> => {
    const start = performance.now();
    const devices = await Promise.all(some.map(open));
    const took = performance.now() - start;
    await Promise.all(devices.map((device) => device.close()));
    return took;
  };
  try {
    const fresh = await openAndClose(serials.slice(0, 1));
    await openAndClose(serials.slice(1));
    const one = await repeat(5, () => openAndClose(serials.slice(0, 1)), 1);
    const eight = await repeat(5, () => openAndClose(serials), 1);
    const beside = { name: "appium-session-first, with the server's apps installed", value: round(fresh, 0) };
    return [
      {
        name: "appium-session-warm",
        value: round(one.median, 0),
        unit: "ms",
        spread: round(one.spread),
        baseline: { ...beside, ratio: round(one.median / fresh) },
      },
      {
        name: "appium-session-warm-8-at-once",
        value: round(eight.median, 0),
        unit: "ms",
        spread: round(eight.spread),
        baseline: {
          name: "appium-session-warm",
          value: round(one.median, 0),
          ratio: round(eight.median / one.median),
        },
        note: "devices, Appium and the driver share the machine's cores",
      },
    ];
  } finally {
    await appium.close();
    await simulation.close();
  }
}
