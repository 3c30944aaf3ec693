import { configError } from "../../errors.ts";
import { type AdbSide, type AdbTimeouts, defaultTimeouts } from "../adb/device.ts";
import { openAdbSide } from "../adb/open.ts";
import { type AdbAddress, defaultAdbAddress } from "../adb/server.ts";
import type { Device } from "../device.ts";
import { connectSession } from "./connect.ts";
import { appiumDevice } from "./device.ts";
import { type HelperVersions, stopServer } from "./helpers.ts";
import { keepSession, type Session } from "./session.ts";
import { appiumAnswers } from "./status.ts";
import { reserveSystemPort, type SystemPort } from "./system-port.ts";

/** Bounds of the driver's waits, in milliseconds. */
export interface AppiumTimeouts extends AdbTimeouts {
  /** Opening one session, with what has to be installed for it. */
  sessionMs: number;
}

export interface OpenAppiumDeviceOptions {
  /** As `adb devices` names it. */
  serial: string;
  /** 127.0.0.1:5037 without it. */
  adbHost?: AdbAddress;
  /** An `AppiumServer` of ours, or the address of somebody else's. */
  appium: { readonly url: string; readonly helpers?: HelperVersions };
  timeouts?: Partial<AppiumTimeouts>;
}

const defaultSessionMs = 120_000;
/** The server on a device dies by itself between ten minutes and three hours; a new one costs a second or two. */
const oldestMs = 60 * 60_000;
const mostCalls = 5000;

/** Devices that this process has open: Appium ends a device's first session for its second. */
const openSerials = new Set<string>();

/**
 * Opens a device that an adb server knows, for touches and trees through Appium and for all else through adb. What is
 * wrong before the first word with the device is the user's to mend, so it is of class `config`: as with
 * `openAdbDevice`, and `APPIUM_URL` where no Appium answers. `DEVICE_OPEN` (`config`) where this process has it open.
 */
export async function openAppiumDevice(options: OpenAppiumDeviceOptions): Promise<Device> {
  const { serial, appium, adbHost = defaultAdbAddress } = options;
  const name = `${adbHost.host}:${adbHost.port} ${serial}`;
  if (openSerials.has(name)) {
    throw configError("DEVICE_OPEN", `${serial} is open already; Appium has one session for each device`);
  }
  openSerials.add(name);
  try {
    await requireAppium(appium);
    const device = await openOver(options, adbHost);
    return { ...device, close: () => device.close().finally(() => openSerials.delete(name)) };
  } catch (error) {
    openSerials.delete(name);
    throw error;
  }
}

/** A server of our own may be down for a moment; somebody else's address may be wrong. */
async function requireAppium({ url, helpers }: OpenAppiumDeviceOptions["appium"]): Promise<void> {
  const web = URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
  if (web && (helpers !== undefined || (await appiumAnswers(url)))) return;
  throw configError(
    "APPIUM_URL",
    `no Appium server answers at ${url}; see what stands there with: curl ${url}/status`,
  );
}

async function openOver(options: OpenAppiumDeviceOptions, adb: AdbAddress): Promise<Device> {
  const { serial, appium } = options;
  const { sessionMs = defaultSessionMs, ...adbTimeouts } = options.timeouts ?? {};
  const timeouts = { ...defaultTimeouts, ...adbTimeouts };
  const side = await openAdbSide({ serial, adbHost: adb, timeouts });
  let port: SystemPort | undefined;
  let session: Session | undefined;
  const close = async (): Promise<void> => {
    try {
      await session?.close();
      await port?.release();
    } finally {
      await side.device.close();
    }
  };
  try {
    port = await reserveSystemPort();
    session = keepSession({
      serial,
      open: opener(side, appium, {
        serial,
        adb,
        systemPort: port.port,
        sessionMs,
        commandMs: timeouts.commandMs,
      }),
      stopServer: () => stopServer(side.commands),
      oldestMs,
      mostCalls,
    });
    await session.read("opening a session", async () => {});
    return appiumDevice({ side, session, close });
  } catch (error) {
    await close();
    throw error;
  }
}

type Place = Omit<Parameters<typeof connectSession>[0], "commands" | "url" | "helpers">;

function opener({ commands }: AdbSide, appium: OpenAppiumDeviceOptions["appium"], place: Place) {
  const { url, helpers } = appium;
  return (attempt: number) =>
    connectSession({ ...place, commands, url, ...(helpers !== undefined && { helpers }) }, attempt);
}
