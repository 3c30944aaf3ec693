import { configError } from "../../errors.ts";
import { type AdbTimeouts, defaultTimeouts } from "../adb/device.ts";
import { openAdbSide } from "../adb/open.ts";
import { readAdbServerVersion } from "../adb/server-version.ts";
import { type AdbAddress, defaultAdbAddress } from "../adb/server.ts";
import type { Device } from "../device.ts";
import { type ConnectOptions, connectSession } from "./connect.ts";
import { appiumDevice } from "./device.ts";
import { removeStaleForwards } from "./forwards.ts";
import { stopServer } from "./helpers.ts";
import type { AppiumServer } from "./server.ts";
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
  appium: Pick<AppiumServer, "url"> & Partial<AppiumServer>;
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
 * `openAdbDevice`, `APPIUM_URL` where no Appium answers, `ADB_VERSIONS` where Appium's adb would kill the server.
 * `DEVICE_OPEN` (`config`) where this process has it open.
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
async function requireAppium({ url, serverVersion }: OpenAppiumDeviceOptions["appium"]): Promise<void> {
  const web = URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
  if (web && (serverVersion !== undefined || (await appiumAnswers(url)))) return;
  throw configError(
    "APPIUM_URL",
    `no Appium server answers at ${url}; see what stands there with: curl ${url}/status`,
  );
}

/** An adb that meets a server of another version kills it, and every device of the farm is gone for a while. */
async function requireSameAdb({ adbVersion }: Partial<AppiumServer>, adb: AdbAddress): Promise<void> {
  if (adbVersion === undefined) return;
  const running = await readAdbServerVersion(adb);
  if (running === adbVersion) return;
  throw configError(
    "ADB_VERSIONS",
    `the adb server at ${adb.host}:${adb.port} is 1.0.${running}, but Appium would use adb 1.0.${adbVersion} and kill it; use one adb for both, or set ANDROID_HOME to the SDK of the server's`,
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
    await requireSameAdb(appium, adb);
    const connection: Omit<ConnectOptions, "systemPort"> = {
      serial,
      adb,
      commands: side.commands,
      url: appium.url,
      ...(appium.serverVersion !== undefined && { serverVersion: appium.serverVersion }),
      sessionMs,
      commandMs: timeouts.commandMs,
    };
    session = keepSession({
      serial,
      open: async (attempt) => {
        // Somebody who reserves nothing may have taken the port meanwhile: every try has one that is free now.
        await port?.release();
        port = undefined;
        port = await reserveSystemPort();
        return connectSession({ ...connection, systemPort: port.port }, attempt);
      },
      cutOff: async () => {
        try {
          await stopServer(side.commands);
        } finally {
          await removeStaleForwards(adb, serial, timeouts.commandMs);
        }
      },
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
