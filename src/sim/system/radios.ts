import type { SimSettings } from "./services.ts";

/** The emulator's own network, which has no password. */
export const ownNetwork = "AndroidWifi";

/**
 * Wi-Fi, Bluetooth, mobile data and airplane mode, with the values Android persists: `wifi_on` is 2 when it was
 * switched on in airplane mode and 3 when airplane mode switched it off (WifiSettingsStore);
 * `bluetooth_on` is 2 when airplane mode switched it off (BluetoothManagerService).
 */
export function wifiOn(settings: SimSettings): boolean {
  const value = settings.get("global", "wifi_on");
  return value === "1" || value === "2";
}

export function setWifi(settings: SimSettings, on: boolean): void {
  const whenOn = airplaneModeOn(settings) ? "2" : "1";
  settings.put("global", "wifi_on", on ? whenOn : "0");
}

export function bluetoothOn(settings: SimSettings): boolean {
  return settings.get("global", "bluetooth_on") === "1";
}

export function setBluetooth(settings: SimSettings, on: boolean): void {
  settings.put("global", "bluetooth_on", on ? "1" : "0");
}

export function mobileDataOn(settings: SimSettings): boolean {
  return settings.get("global", "mobile_data") === "1";
}

export function setMobileData(settings: SimSettings, on: boolean): void {
  settings.put("global", "mobile_data", on ? "1" : "0");
}

export function airplaneModeOn(settings: SimSettings): boolean {
  return settings.get("global", "airplane_mode_on") === "1";
}

/** Switches the radios off, and those it had switched off on again. */
export function setAirplaneMode(settings: SimSettings, on: boolean): void {
  const wifi = settings.get("global", "wifi_on");
  const bluetooth = settings.get("global", "bluetooth_on");
  settings.put("global", "airplane_mode_on", on ? "1" : "0");
  if (on) {
    if (wifi === "1") settings.put("global", "wifi_on", "3");
    if (bluetooth === "1") settings.put("global", "bluetooth_on", "2");
  } else {
    if (wifi === "2" || wifi === "3") settings.put("global", "wifi_on", "1");
    if (bluetooth === "2") settings.put("global", "bluetooth_on", "1");
  }
}
