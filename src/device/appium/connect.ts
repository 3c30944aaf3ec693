import { setTimeout as delay } from "node:timers/promises";
import { type AndroidGenError, configError, errorMessage, infraError } from "../../errors.ts";
import type { AdbAddress } from "../adb/server.ts";
import type { Commands } from "../commands.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { type Client, openClient } from "./client.ts";
import { oneLine } from "./failure.ts";
import { removeStaleForwards } from "./forwards.ts";
import { removeServer, serverOn } from "./helpers.ts";
import { appiumAnswers } from "./status.ts";

export interface ConnectOptions {
  serial: string;
  adb: AdbAddress;
  commands: Commands;
  url: string;
  /** The release of the UiAutomator2 server that the Appium server at `url` brings, where known. */
  serverVersion?: string;
  systemPort: number;
  /** Bounds in milliseconds: opening a session, and each call of it. */
  sessionMs: number;
  commandMs: number;
}

/** A server that died is started again in this time, if by anybody. */
const serverMs = 30_000;
const pollMs = 100;
/** The server's start on the device; of two tries, both fit into the bound of a session. */
const launchShare = 0.4;

/**
 * Opens one session, waiting for Appium where it is just being started again. Throws `APPIUM_UNREACHABLE` or
 * `SESSION_FAILED` (`infra`) with Appium's own words, or an error of class `config` for what the user must mend.
 */
export async function connectSession(options: ConnectOptions, attempt: number): Promise<Client> {
  const { serial, adb, commands, url, serverVersion, systemPort, sessionMs, commandMs } = options;
  await untilAppiumAnswers(url);
  // This first: it goes by the driver's own way, which waits for a device that is away, as nothing after it does.
  const found = await serverOn(commands);
  await removeStaleForwards(adb, serial, commandMs);
  if (serverVersion !== undefined && found !== undefined && found !== serverVersion)
    await removeServer(commands);
  // Where a session could not be opened with what is there, Appium is to look for itself.
  const installed = attempt === 1 && found !== undefined && found === serverVersion;
  const launchMs = Math.round(sessionMs * launchShare);
  const capabilities = capabilitiesFor({ serial, adb, systemPort, installed, launchMs, readMs: commandMs });
  try {
    return await openClient({ url, capabilities, sessionMs, commandMs });
  } catch (error) {
    throw sessionError(error, serial, url);
  }
}

async function untilAppiumAnswers(url: string): Promise<void> {
  const deadline = performance.now() + serverMs;
  while (!(await appiumAnswers(url))) {
    if (performance.now() > deadline) {
      throw infraError("APPIUM_UNREACHABLE", `no Appium server answers at ${url} for ${serverMs / 1000} s`);
    }
    await delay(pollMs);
  }
}

/** What Appium says of things that no other attempt and no other device will change. */
const mends: readonly { said: RegExp; code: string; mend: string }[] = [
  {
    said: /Could not find a driver for automationName/iu,
    code: "APPIUM_DRIVER_MISSING",
    mend: "install the driver there with: appium driver install uiautomator2",
  },
  {
    said: /Neither ANDROID_HOME nor ANDROID_SDK_ROOT|Could not find 'adb/iu,
    code: "ANDROID_SDK_MISSING",
    mend: "start that Appium server with ANDROID_HOME set to an SDK with platform-tools",
  },
  {
    said: /only supports Android 8/iu,
    code: "DEVICE_TOO_OLD",
    mend: "use the adb driver for this device",
  },
];

function sessionError(error: unknown, serial: string, url: string): AndroidGenError {
  const message = errorMessage(error);
  const said = oneLine(message);
  const mend = mends.find((known) => known.said.test(message));
  const what = `Appium at ${url} opens no session on ${serial}`;
  if (mend !== undefined) return configError(mend.code, `${what}: ${said}; ${mend.mend}`, error);
  return infraError("SESSION_FAILED", `${what}: ${said}`, error);
}
