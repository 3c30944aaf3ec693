import { type AdbAddress, isLoopback } from "../adb/server.ts";
import { focusedAttributes } from "./client.ts";

/** Views nested deeper than this are rare, and a tree without an end would kill the server on the device. */
const deepestView = 120;

/**
 * Settings of the server on the device (appium-uiautomator2-driver, README, "Settings API"). Nothing waits for the
 * screen to stand still there: `observe.ts` does, by what the screen shows.
 */
const settings = {
  waitForIdleTimeout: 0,
  waitForSelectorTimeout: 0,
  actionAcknowledgmentTimeout: 200,
  // Trees of every window: dialogs, pop-ups and the other half of a split screen are windows of their own.
  enableMultiWindows: true,
  // Like `uiautomator dump`: what is not on the screen is left out, what only groups is kept.
  allowInvisibleElements: false,
  ignoreUnimportantViews: false,
  snapshotMaxDepth: deepestView,
  // A task may take the charger away, and a hub does so by itself; the server would end each time.
  shutdownOnPowerDisconnect: false,
  // What is asked of the focused field comes with it.
  shouldUseCompactResponses: false,
  elementResponseAttributes: focusedAttributes.join(","),
};

export interface SessionWishes {
  serial: string;
  adb: AdbAddress;
  systemPort: number;
  /** The UiAutomator2 server is on the device already, in the right version. */
  installed: boolean;
  /** Bound of each part of the server's start on the device, in milliseconds. */
  launchMs: number;
  /** Bound of one call, in milliseconds. */
  readMs: number;
}

/** Capabilities of a session that does nothing besides starting the server on the device. */
export function capabilitiesFor(wishes: SessionWishes): Record<string, unknown> {
  const { serial, adb, systemPort, installed, launchMs, readMs } = wishes;
  const own = {
    automationName: "UiAutomator2",
    udid: serial,
    adbPort: adb.port,
    // With a host named, this one as well, adb starts no server of its own where none answers: servers belong to
    // whoever runs the farm, and one that is started by accident stays.
    remoteAdbHost: isLoopback(adb.host) ? "127.0.0.1" : adb.host,
    systemPort,
    // Our adb server is not Appium's to end; it would take the devices of every other program along.
    suppressKillServer: true,
    skipServerInstallation: installed,
    // It is the settings app that is put on the device and started; see `requireSettingsApp`.
    skipDeviceInitialization: true,
    // Null: any value has the mock location provider set up, and so has none at all.
    mockLocationApp: null,
    skipLogcatCapture: true,
    skipUnlock: true,
    ignoreHiddenApiPolicyError: true,
    // Which app is in front is the task's business, not the session's.
    autoLaunch: false,
    noReset: true,
    // An agent may think for as long as it likes.
    newCommandTimeout: 0,
    uiautomator2ServerLaunchTimeout: launchMs,
    uiautomator2ServerInstallTimeout: launchMs,
    adbExecTimeout: launchMs,
    uiautomator2ServerReadTimeout: readMs,
    // Instrumentation turns the user's accessibility services off, and apps behave differently without them.
    disableSuppressAccessibilityService: true,
  };
  const withPrefix = (prefix: (name: string) => string, values: object): [string, unknown][] =>
    Object.entries(values).map(([name, value]): [string, unknown] => [prefix(name), value]);
  return {
    platformName: "Android",
    // No second connection for events: nothing here listens to them.
    "wdio:enforceWebDriverClassic": true,
    ...Object.fromEntries(withPrefix((name) => `appium:${name}`, own)),
    ...Object.fromEntries(withPrefix((name) => `appium:settings[${name}]`, settings)),
  };
}
