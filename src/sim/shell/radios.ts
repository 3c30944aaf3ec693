import type { Phone } from "../system/phone.ts";
import * as radios from "../system/radios.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";

/** The setting in the global namespace that says whether a radio is on. */
const settingOf: Record<string, string> = {
  bluetooth: "bluetooth_on",
  data: "mobile_data",
  nfc: "nfc_on",
  wifi: "wifi_on",
};

/** `svc wifi|bluetooth|data|nfc enable|disable`, `svc power stayon|reboot|shutdown`. */
export function svc(args: readonly string[], { phone }: CommandContext): Output {
  const [what = "", verb = ""] = args;
  if (what === "power") {
    if (verb === "stayon") {
      phone.settings.put("global", "stay_on_while_plugged_in", args[2] === "false" ? "0" : "7");
      return ok();
    }
    return fail(`svc power ${verb}: not simulated`);
  }
  if (what === "usb") return ok();
  if (settingOf[what] === undefined)
    return fail(
      "Available commands:\n    help     Show information about the subcommands\n    power    Control the power manager\n    data     Control mobile data connectivity\n    wifi     Control the Wi-Fi manager\n    usb      Control Usb state\n    nfc      Control NFC functions\n    bluetooth Control Bluetooth service",
    );
  return setRadio(phone, what, verb);
}

/** Settings of radios are what the status bar and the Settings app show, so apps are told. */
export function setRadio({ settings }: Phone, radio: string, verb: string): Output {
  const key = settingOf[radio];
  if (key === undefined || (verb !== "enable" && verb !== "disable"))
    return fail(`Control the ${radio} manager\n\nusage: svc ${radio} [enable|disable]`);
  const on = verb === "enable";
  if (radio === "wifi") radios.setWifi(settings, on);
  else settings.put("global", key, on ? "1" : "0");
  return ok();
}

/** Airplane mode turns Wi-Fi and Bluetooth off, and back on when it ends, as they were. */
export function setAirplaneMode(phone: Phone, verb: string | undefined): Output {
  const { settings } = phone;
  if (verb === undefined) return ok(radios.airplaneModeOn(settings) ? "enabled" : "disabled");
  if (verb !== "enable" && verb !== "disable") return fail("usage: airplane-mode [enable|disable]", 255);
  const on = verb === "enable";
  if (radios.airplaneModeOn(settings) === on) return ok();
  radios.setAirplaneMode(settings, on);
  phone.broadcast({ action: "android.intent.action.AIRPLANE_MODE", extras: { state: on } });
  return ok();
}
