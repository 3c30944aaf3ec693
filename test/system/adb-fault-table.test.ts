import { openAdbDevice } from "../../src/device/index.ts";
import { faultTable } from "../support/fault-table.ts";

/** What becomes of a run over adb, fault by fault; docs/farm.md says the same to whoever runs a farm. */
faultTable(
  [
    { fault: "offline ms=1000" },
    { fault: "offline", clearAt: "retry", error: "DEVICE_GONE infra" },
    { fault: "offline ms=1000", at: "start" },
    { fault: "offline", at: "start", clearAt: "retry", error: "DEVICE_TIMEOUT infra" },
    { fault: "offline ms=1000", at: "finish" },
    { fault: "hang times=1", error: "DEVICE_TIMEOUT infra" },
    // The snapshot was loaded, and the device is asked until it answers.
    { fault: "hang times=1", at: "start" },
    { fault: "hang times=1", at: "finish", error: "DEVICE_TIMEOUT infra" },
    // Nor can it be opened again, so it is set aside.
    { fault: "hang", clearAt: "device-quarantined", error: "DEVICE_TIMEOUT infra" },
    { fault: "slow-shell times=3 ms=500" },
    { fault: "slow-shell times=1 ms=8000", error: "DEVICE_TIMEOUT infra" },
    { fault: "stale-tree times=1" },
    { fault: "dump-error times=1" },
    // More often than a dump is tried: the agent goes on by the picture alone.
    { fault: "dump-error times=4" },
    { fault: "windows-late" },
    { fault: "never-idle times=1" },
    { fault: "black-frame times=1" },
    // More often than a picture is tried: the step is recorded without one.
    { fault: "black-frame times=4" },
    { fault: "anr times=1" },
    { fault: "stale-tree times=1 & black-frame times=1" },
    { fault: "offline ms=1000 & dump-error times=2" },
    { fault: "dump-error & black-frame", clearAt: "retry", error: "SCREEN_UNAVAILABLE infra" },
    { fault: "snapshot-error times=1", at: 0, error: "CONSOLE_REFUSED infra" },
  ],
  (device, timeouts) => openAdbDevice({ ...device, timeouts }),
);
