import { afterAll, beforeAll } from "@jest/globals";
import { type AppiumServer, openAppiumDevice, startAppiumServer } from "../../src/device/index.ts";
import { faultTable } from "../support/fault-table.ts";
import { appiumTest } from "../support/require.ts";

/** What becomes of a run over Appium, fault by fault; docs/farm.md says the same to whoever runs a farm. */
appiumTest("faults under Appium", ({ androidHome }) => {
  let appium: AppiumServer;
  beforeAll(async () => {
    appium = await startAppiumServer({ androidHome });
  });
  afterAll(() => appium?.close());

  faultTable(
    [
      { fault: "instrumentation-death times=1" },
      { fault: "instrumentation-death times=3" },
      { fault: "instrumentation-death times=1", at: "start" },
      { fault: "instrumentation-death times=1", at: "finish" },
      { fault: "session-lost times=1" },
      { fault: "slow-source times=2 ms=500" },
      // One that takes too long is asked again.
      { fault: "slow-source times=1 ms=8000" },
      { fault: "slow-source times=2 ms=8000", error: "DEVICE_TIMEOUT infra" },
      { fault: "stale-tree times=1" },
      { fault: "black-frame times=1" },
      { fault: "black-frame times=4" },
      { fault: "offline ms=1000" },
      { fault: "offline", clearAt: "retry", error: "DEVICE_GONE infra" },
      { fault: "offline", at: "start", clearAt: "retry", error: "DEVICE_TIMEOUT infra" },
      { fault: "offline ms=1000", at: "start" },
      { fault: "offline ms=1000", at: "finish" },
      { fault: "hang times=1", at: "start" },
      { fault: "hang times=1", at: "finish", error: "DEVICE_TIMEOUT infra" },
      { fault: "hang", clearAt: "device-quarantined", error: "DEVICE_TIMEOUT infra" },
      { fault: "hang times=1", error: "DEVICE_TIMEOUT infra" },
      { fault: "slow-shell times=3 ms=500" },
      { fault: "slow-shell times=1 ms=8000", error: "DEVICE_TIMEOUT infra" },
      { fault: "anr times=1" },
      { fault: "stale-tree times=1 & black-frame times=1 & session-lost times=1" },
      { fault: "offline ms=1000 & instrumentation-death times=1" },
      { fault: "snapshot-error times=1", at: 0, error: "CONSOLE_REFUSED infra" },
    ],
    (device, timeouts) => openAppiumDevice({ ...device, appium, timeouts }),
  );
});
