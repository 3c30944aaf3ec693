/**
 * What the app io.appium.settings does, where it is installed: a service in the foreground, receivers that
 * Appium calls by broadcast, and input methods (https://github.com/appium/io.appium.settings).
 */
import type { BroadcastResult } from "../apps/app.ts";
import { setBluetooth, setMobileData, setWifi } from "./radios.ts";
import type { Intent, SimSettings } from "./services.ts";

export const settingsPackage = "io.appium.settings";
export const settingsActivity = `${settingsPackage}/.Settings`;
/** Types what comes in as modified UTF-7. */
export const unicodeIme = `${settingsPackage}/.UnicodeIME`;
export const appiumInputMethods: readonly string[] = [
  // Does nothing but let its app read the clipboard, which Android 10 and later give to the input method in use.
  `${settingsPackage}/.AppiumIME`,
  `${settingsPackage}/.EmptyIME`,
  unicodeIme,
];

/** android.app.Activity.RESULT_OK. */
const resultOk = -1;

export interface SettingsAppHost {
  settings: SimSettings;
  /** As the app has it: Android does not let every app read it. */
  clipboard: { get(): string };
  properties: { set(name: string, value: string): boolean };
}

const animationScales = ["window_animation_scale", "transition_animation_scale", "animator_duration_scale"];

/** Undefined for a broadcast that it has no receiver for. */
export function receiveAsAppiumSettings(intent: Intent, host: SettingsAppHost): BroadcastResult | undefined {
  const { settings, clipboard } = host;
  const extra = (name: string): string => {
    const value = intent.extras?.[name];
    return typeof value === "string" ? value : "";
  };
  switch (intent.action?.replace(`${settingsPackage}.`, "") ?? "") {
    case "clipboard.get":
      return { code: resultOk, data: Buffer.from(clipboard.get()).toString("base64") };
    case "animation": {
      const scale = extra("setstatus") === "enable" ? "1" : "0";
      for (const name of animationScales) settings.put("global", name, scale);
      return { code: resultOk };
    }
    case "wifi":
      setWifi(settings, extra("setstatus") === "enable");
      return { code: resultOk };
    case "data_connection":
      setMobileData(settings, extra("setstatus") === "enable");
      return { code: resultOk };
    case "bluetooth":
      setBluetooth(settings, extra("setstatus") === "enable");
      return { code: resultOk };
    case "locale":
      host.properties.set("persist.sys.locale", `${extra("lang")}-${extra("country")}`);
      return { code: resultOk };
    default:
      return undefined;
  }
}

/** Modified UTF-7, IMAP's (RFC 3501, 5.1.3): `&` begins base64 of UTF-16, `-` ends it, and `&-` is `&`. */
export function decodeModifiedUtf7(text: string): string {
  return text.replaceAll(/&([^-]*)-/gu, (_all, encoded: string) =>
    encoded === "" ? "&" : Buffer.from(encoded.replaceAll(",", "/"), "base64").swap16().toString("utf16le"),
  );
}
