import type { ActionType } from "../../action/index.ts";
import { AndroidGenError } from "../../errors.ts";
import { type Body, perform } from "../act/perform.ts";
import { tellUnsure } from "../act/unsure.ts";
import type { AdbSide } from "../adb/device.ts";
import { adbHands } from "../adb/hands.ts";
import type {
  ActionResult,
  Device,
  DeviceClipboard,
  DeviceInfo,
  DeviceSnapshots,
  TextWay,
} from "../device.ts";
import type { Foreground } from "../look/foreground.ts";
import { appiumHands } from "./hands.ts";
import { requireSettingsApp } from "./helpers.ts";
import { AppiumObserver } from "./observe.ts";
import type { Session } from "./session.ts";

export interface AppiumDeviceOptions {
  side: AdbSide;
  session: Session;
  close: () => Promise<void>;
}

/** A warm activity is there within half a second; while a cold one starts, nothing has the focus, which is seen. */
const settling = { quietMs: 100, capMs: 3000, reactionMs: 500 };
/** These do nothing that a screen could react to; the last one waits for itself. */
const silent: ReadonlySet<ActionType> = new Set(["quote", "answer", "finish", "callApi", "wait"]);

/** The `Device` contract with the screen, the touches and the clipboard of Appium, and all else of adb. */
export function appiumDevice({ side, session, close }: AppiumDeviceOptions): Device {
  const { device, commands } = side;
  const info = infoOver(device.info);
  const foreground = (): Promise<Foreground> => side.foreground();
  const observer = new AppiumObserver({ session, info, foreground, settling });
  const typing = adbHands({
    commands,
    apiLevel: info.apiLevel,
    ways: () => device.info.capabilities.text,
    look: () => observer.elements(),
  });
  const hands = appiumHands({ session, typeText: (text) => typing.replaceText(text, {}) });
  const body: Body = { hands, commands, foreground, apps: (options) => side.apps(options) };
  /** Whatever is done to the device may change its screen. */
  const touching = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
    return (...args: Args): Promise<T> => {
      observer.touched();
      return call(...args);
    };
  };
  return {
    ...device,
    info,
    ...(device.snapshots && {
      snapshots: snapshotsOver({ device, snapshots: device.snapshots, info, session, observer }),
    }),
    clipboard: clipboardOver(session, () => requireSettingsApp(device, commands)),
    screen: () => observer.screen(),
    async perform(action, screen) {
      observer.touched();
      const result = await told(perform(action, screen, body));
      if (!silent.has(action.type)) observer.acted();
      return result;
    },
    shell: touching((argv, options) => device.shell(argv, options)),
    push: touching((content, path, options) => device.push(content, path, options)),
    install: touching((paths, options) => device.install(paths, options)),
    close,
  };
}

/** What nobody knows the outcome of, and what the device refuses, is told to the agent. */
async function told(performing: Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await tellUnsure(performing);
  } catch (error) {
    if (!AndroidGenError.isInstance(error) || error.code !== "APPIUM_REFUSED") throw error;
    return { ok: false, reason: error.message };
  }
}

/** What adb found out, and what UiAutomator2 always has. */
function infoOver(found: DeviceInfo): DeviceInfo {
  const { capabilities } = found;
  const text: TextWay[] = ["setText", ...capabilities.text];
  return {
    ...found,
    driver: "appium",
    capabilities: { ...capabilities, text, picture: "png", windows: true },
  };
}

interface Restored {
  device: Device;
  snapshots: DeviceSnapshots;
  /** Of this driver, made of the device's. */
  info: DeviceInfo;
  session: Session;
  observer: AppiumObserver;
}

/** Loading a snapshot replaces the device's memory, and the server of the session with it. */
function snapshotsOver({ device, snapshots, info, session, observer }: Restored): DeviceSnapshots {
  return {
    list: () => snapshots.list(),
    save: (name) => snapshots.save(name),
    delete: (name) => snapshots.delete(name),
    async load(name) {
      observer.touched();
      session.forget();
      await snapshots.load(name);
      Object.assign(info, infoOver(device.info));
    },
  };
}

/** Both may be done twice without harm. */
function clipboardOver(session: Session, prepare: () => Promise<void>): DeviceClipboard {
  return {
    async get() {
      await prepare();
      return session.read("reading the clipboard", (client) => client.getClipboard());
    },
    set: (text) => session.read("filling the clipboard", (client) => client.setClipboard(text)),
  };
}
