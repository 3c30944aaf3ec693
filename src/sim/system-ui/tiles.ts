/** The tiles of the quick settings: what each says, and what it changes (AOSP's packages/SystemUI, qs/tiles). */
import {
  airplaneModeOn,
  bluetoothOn,
  mobileDataOn,
  ownNetwork,
  setAirplaneMode,
  setBluetooth,
  wifiOn,
} from "../system/radios.ts";
import type { SettingsNamespace } from "../system/services.ts";
import type { IconName } from "../ui/view.ts";
import type { Shade, SystemUiHost } from "./host.ts";

export interface Tile {
  label: string;
  /** Below the label. */
  state: string;
  desc: string;
  icon: IconName;
  /** What a screen reader says of the switch. */
  on: boolean;
  /** Drawn as active; the Internet tile is so over mobile data, too. */
  active: boolean;
  /** Has a small arrow: there is more behind it. */
  chevron: boolean;
  onTap: () => void;
  /** The page of Settings that a long press opens. */
  page?: string;
}

/** In the order of a new phone (`quick_settings_tiles_default`). */
export function tilesOf(shade: Shade): Tile[] {
  const { host } = shade;
  const { settings } = host;
  return [
    internet(shade),
    {
      ...onOff(bluetoothOn(settings), (on) => setBluetooth(settings, on)),
      label: "Bluetooth",
      desc: "Bluetooth.",
      icon: "bluetooth",
      chevron: true,
      page: "android.settings.BLUETOOTH_SETTINGS",
    },
    {
      ...stored(host, "secure", "flashlight_enabled"),
      label: "Flashlight",
      desc: "Flashlight",
      icon: "flashlight",
      chevron: false,
    },
    {
      ...onOff((settings.get("global", "zen_mode") ?? "0") !== "0", (on) =>
        settings.put("global", "zen_mode", on ? "1" : "0"),
      ),
      label: "Do Not Disturb",
      desc: "Do Not Disturb.",
      icon: "do-not-disturb",
      chevron: true,
      page: "android.settings.ZEN_MODE_SETTINGS",
    },
    {
      ...onOff(airplaneModeOn(settings), (on) => {
        setAirplaneMode(settings, on);
        host.broadcast({ action: "android.intent.action.AIRPLANE_MODE", extras: { state: on } });
      }),
      label: "Airplane mode",
      desc: "Airplane mode",
      icon: "airplane",
      chevron: false,
      page: "android.settings.AIRPLANE_MODE_SETTINGS",
    },
    {
      ...stored(host, "system", "accelerometer_rotation"),
      label: "Auto-rotate",
      desc: "Auto-rotate screen",
      icon: "rotate",
      chevron: false,
      page: "android.settings.DISPLAY_SETTINGS",
    },
  ];
}

type Switching = Pick<Tile, "on" | "active" | "state" | "onTap">;

function onOff(on: boolean, set: (on: boolean) => void): Switching {
  return { on, active: on, state: on ? "On" : "Off", onTap: () => set(!on) };
}

function stored({ settings }: SystemUiHost, namespace: SettingsNamespace, key: string): Switching {
  return onOff(settings.get(namespace, key) === "1", (on) => settings.put(namespace, key, on ? "1" : "0"));
}

/**
 * Wi-Fi and mobile data in one: since Android 12 a tap opens a dialog. The description has two commas where
 * there is no network, as InternetTile makes it.
 */
function internet(shade: Shade): Tile {
  const { settings } = shade.host;
  const tile = {
    label: "Internet",
    icon: "wifi",
    chevron: true,
    page: "android.settings.WIFI_SETTINGS",
    onTap: () => {
      shade.state.internetDialog = true;
    },
  } as const;
  const mobile = mobileDataOn(settings) && !airplaneModeOn(settings);
  if (wifiOn(settings))
    return { ...tile, on: true, active: true, state: ownNetwork, desc: `Internet,${ownNetwork}` };
  if (mobile) return { ...tile, on: true, active: true, state: "T-Mobile, LTE", desc: "Internet" };
  const state = airplaneModeOn(settings) ? "Airplane mode" : "Networks unavailable";
  return { ...tile, on: false, active: false, state, desc: `Internet,,${state}` };
}
