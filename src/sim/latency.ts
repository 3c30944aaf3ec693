/** How long the simulated device takes for what it is asked to do. */
export type LatencyProfileName = "none" | "realistic";

export type DeviceOperation =
  | "input"
  | "screencap"
  | "screencapRaw"
  | "uiautomatorDump"
  | "shell"
  | "startActivity"
  | "snapshotLoad"
  | "snapshotSave"
  | "sync"
  | "connect";
