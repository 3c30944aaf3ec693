import { currentInputMethod } from "../system/input-methods.ts";
import { airplaneModeOn, bluetoothOn, mobileDataOn, wifiOn } from "../system/radios.ts";
import { PANEL_ID } from "../ui/metrics.ts";
import { ok, type CommandContext, type Output } from "./command.ts";
import { dumpActivities } from "./dumpsys-activity.ts";
import { dumpNotifications } from "./dumpsys-notification.ts";
import { dumpPackage } from "./dumpsys-package.ts";
import { dumpWindow } from "./dumpsys-window.ts";
import { strftime } from "./date.ts";
import { dumpStatusBar } from "./statusbar.ts";

type Dump = (context: CommandContext, args: readonly string[]) => string;

/** Services with a dump of their own; what is printed is what tools look for, in Android's lines. */
const dumps: Record<string, Dump> = {
  activity: dumpActivities,
  alarm: () => "Current Alarm Manager state:",
  appops: () => "Current AppOps Service state:",
  battery,
  bluetooth_manager: ({ phone }) =>
    `Bluetooth Status\n  enabled: ${bluetoothOn(phone.settings)}\n  state: ${bluetoothOn(phone.settings) ? "ON" : "OFF"}`,
  connectivity: ({ phone }) =>
    `NetworkProviders for:\nActive default network: ${online(phone) ? "100" : "none"}`,
  cpuinfo: () => "Load: 0.1 / 0.12 / 0.09\n0.5% TOTAL: 0.3% user + 0.2% kernel",
  deviceidle: ({ phone }, args) =>
    args[0] === "whitelist"
      ? deviceIdleWhitelist(phone, args.slice(1))
      : "  Settings:\n  mScreenOn=true\n  mScreenLocked=false\n  mState=ACTIVE mLightState=ACTIVE",
  display,
  input,
  input_method: inputMethod,
  meminfo: ({ phone }) =>
    [
      "Applications Memory Usage (in Kilobytes):",
      `Uptime: ${phone.clock.now()} Realtime: ${phone.clock.now()}`,
      "Total RAM: 4,024,540K (status normal)",
      " Free RAM: 2,310,112K",
      " Used RAM: 1,714,428K",
    ].join("\n"),
  mount: () => "Disks:\nVolumes:\n  VolumeInfo{emulated;0}:\n    type=EMULATED diskId=null state=MOUNTED",
  notification: dumpNotifications,
  package: dumpPackage,
  power,
  statusbar: dumpStatusBar,
  SurfaceFlinger: (_, args) =>
    args.includes("--display-id")
      ? `Display ${PANEL_ID} (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"`
      : "Build configuration: [sf]",
  telephony: () => "Phone Id=0\n  mCallState=0\n  mServiceState={mVoiceRegState=0(IN_SERVICE)}",
  "telephony.registry": () => "last known state:\n  Phone Id=0\n    mCallState=0",
  usagestats: () => "User 0:",
  wifi: ({ phone }) => `Wi-Fi is ${wifiOn(phone.settings) ? "enabled" : "disabled"}`,
  window: dumpWindow,
};

export const serviceNames: readonly string[] = Object.keys(dumps).sort();

export function dumpsys(args: readonly string[], context: CommandContext): Output {
  const words = args[0] === "-t" || args[0] === "-T" ? args.slice(2) : args;
  const [name, ...rest] = words;
  if (name === "-l")
    return ok(`Currently running services:\n${serviceNames.map((each) => `  ${each}`).join("\n")}`);
  if (name === undefined)
    return ok(
      serviceNames
        .map((each) => `DUMP OF SERVICE ${each}:\n${dumps[each]!(context, [])}\n`)
        .join("-------------------------------------------------------------------------------\n"),
    );
  const dump = dumps[name];
  // Android prints this on stderr and ends with 0.
  if (dump === undefined) return { err: `Can't find service: ${name}\n` };
  return ok(dump(context, rest));
}

function online({ settings }: CommandContext["phone"]): boolean {
  return wifiOn(settings) || (mobileDataOn(settings) && !airplaneModeOn(settings));
}

function battery({ phone }: CommandContext, args: readonly string[]): string {
  const [verb, key, value] = args.filter((word) => word !== "-f");
  if (verb === "set" && key === "level")
    phone.power.set({ level: Math.min(100, Math.max(0, Number(value) || 0)) });
  else if (verb === "set" && (key === "ac" || key === "usb")) phone.power.set({ plugged: value === "1" });
  else if (verb === "unplug") phone.power.set({ plugged: false });
  else if (verb === "reset") phone.power.set({ plugged: true, level: 100 });
  if (verb !== undefined) {
    return "";
  }
  const { level, plugged } = phone.power.get();
  return [
    "Current Battery Service state:",
    `  AC powered: ${plugged}`,
    "  USB powered: false",
    "  Wireless powered: false",
    "  Max charging current: 0",
    "  Max charging voltage: 0",
    "  Charge counter: 10000",
    `  status: ${plugged ? (level === 100 ? 5 : 2) : 3}`,
    "  health: 2",
    "  present: true",
    `  level: ${level}`,
    "  scale: 100",
    "  voltage: 5000",
    "  temperature: 250",
    "  technology: Li-ion",
  ].join("\n");
}

function display({ phone }: CommandContext): string {
  const { width, height, rotation } = phone.windows;
  const on = phone.windows.awake ? "ON" : "OFF";
  return [
    "DISPLAY MANAGER (dumpsys display)",
    "  Display States: size=1",
    `    Display Id=0, Display State=${on}, Display Brightness=${Number(phone.settings.get("system", "screen_brightness") ?? 102) / 255}`,
    `  mBaseDisplayInfo=DisplayInfo{"Built-in Screen", displayId 0, state ${on}, real ${width} x ${height}, largest app ${width} x ${height}, rotation ${rotation}, density 420 (420.0 x 420.0) dpi}`,
    `  mCurrentOrientation=${rotation}`,
    `  mScreenState=${on}`,
  ].join("\n");
}

function input({ phone }: CommandContext): string {
  const { width, height, rotation } = phone.windows;
  const frame = `[0, 0, ${width}, ${height}]`;
  return [
    "INPUT MANAGER (dumpsys input)",
    "",
    "Input Reader State (Nums of device: 2):",
    `    Viewport INTERNAL: displayId=0, uniqueId=local:${PANEL_ID}, port=0, orientation=${rotation}, logicalFrame=${frame}, physicalFrame=${frame}, deviceSize=[${width}, ${height}], isActive=[1]`,
    "Input Dispatcher State:",
    "  DispatchEnabled: true",
    "  DispatchFrozen: false",
  ].join("\n");
}

function inputMethod({ phone }: CommandContext): string {
  const id = currentInputMethod(phone.settings);
  const shown = phone.windows.keyboardShown;
  return [
    "Current Input Method Manager state:",
    `  mCurMethodId=${id}`,
    `  mCurId=${id} mHaveConnection=true mBoundToMethod=true`,
    `  mShowRequested=${shown} mShowExplicitlyRequested=false mShowForced=false mInputShown=${shown}`,
    `  mSystemReady=true mInteractive=${phone.windows.awake}`,
    `  mIsInputViewShown=${shown}`,
  ].join("\n");
}

function power({ phone }: CommandContext): string {
  const { plugged, level } = phone.power.get();
  const { awake } = phone.windows;
  return [
    "POWER MANAGER (dumpsys power)",
    "",
    "Power Manager State:",
    `  mWakefulness=${awake ? "Awake" : "Asleep"}`,
    `  mIsPowered=${plugged}`,
    `  mBatteryLevel=${level}`,
    "  mStayOn=false",
    `  mLastWakeTime=${strftime("%s", phone.clock.date())}000`,
    "  mHoldingDisplaySuspendBlocker=true",
    `Display Power: state=${awake ? "ON" : "OFF"}`,
  ].join("\n");
}

/** `dumpsys deviceidle whitelist [+PACKAGE|-PACKAGE]`: what may work while the phone sleeps. */
function deviceIdleWhitelist(phone: CommandContext["phone"], changes: readonly string[]): string {
  const known = new Set(
    (phone.settings.get("global", "device_idle_whitelist") ?? "").split(",").filter((name) => name !== ""),
  );
  const shown = changes.map((change) => {
    const name = change.slice(1);
    if (phone.packages.get(name) === undefined) return `Unknown package: ${name}`;
    if (change.startsWith("-")) {
      known.delete(name);
      return `Removed: ${name}`;
    }
    known.add(name);
    return `Added: ${name}`;
  });
  phone.settings.put("global", "device_idle_whitelist", [...known].join(","));
  if (changes.length > 0) return shown.join("\n");
  return [...known].map((name) => `user,${name},${phone.packages.get(name)?.uid ?? 0}`).join("\n");
}
