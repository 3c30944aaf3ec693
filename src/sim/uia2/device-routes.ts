import { bluetoothOn, wifiOn } from "../system/radios.ts";
import { STATUS_BAR } from "../ui/metrics.ts";
import { requiredText, type Call, type Routes } from "./context.ts";
import { Uia2Error } from "./errors.ts";
import { display } from "./screen.ts";
import { launchableApps } from "./sessions.ts";
import { Settings } from "./settings.ts";

/** Below `/session/:sessionId`: the session itself, its settings, and what the device is. */
export const deviceRoutes: Routes = {
  // Of contentSize's swipes, which it knows the last scroll by; nothing here has asked for one.
  "GET /session/:sessionId": () => ({ lastScrollData: null }),
  // What it does is done before: the session is gone, and the server ends with its reply.
  "DELETE /session/:sessionId": () => undefined,
  "GET /session/:sessionId/appium/settings": ({ session }) => session.settings.all(),
  "POST /session/:sessionId/appium/settings": ({ session, body }) => {
    const { settings } = body;
    if (typeof settings !== "object" || settings === null)
      throw new Uia2Error("invalid argument", "'settings' is a mandatory argument and must be set");
    for (const [name, value] of Object.entries(settings)) {
      const setting = Settings.named(name);
      if (setting !== undefined) session.settings.update(setting, value);
    }
  },
  "GET /session/:sessionId/appium/device/apps": ({ host }) => launchableApps(host.phone),
  "GET /session/:sessionId/appium/device/info": deviceInfo,
  "GET /session/:sessionId/appium/device/pixel_ratio": (call) => density(call) / 160,
  "GET /session/:sessionId/appium/device/display_density": density,
  "GET /session/:sessionId/appium/device/system_bars": () => ({ statusBar: STATUS_BAR }),
  "GET /session/:sessionId/appium/device/battery_info": ({ host }) => {
    const { level, plugged } = host.phone.power.get();
    // BatteryManager: 2 charging, 3 discharging, 5 full.
    return { level: level / 100, status: plugged ? (level === 100 ? 5 : 2) : 3 };
  },
  "GET /session/:sessionId/appium/device/declared_orientation": () => "SCREEN_ORIENTATION_UNSPECIFIED",
  "POST /session/:sessionId/network_connection": () => {
    throw new Uia2Error(
      "unknown error",
      "Setting the network connection is not simulated; use `svc wifi` on the shell",
    );
  },
  "GET /session/:sessionId/orientation": orientation,
  "POST /session/:sessionId/orientation": (call) => {
    const wanted = requiredText(call.body, "orientation").toUpperCase();
    if (wanted !== "PORTRAIT" && wanted !== "LANDSCAPE")
      throw new Uia2Error(
        "invalid argument",
        `Orientation value '${wanted}' is not supported. Only 'LANDSCAPE' and 'PORTRAIT' values could be translated into a valid screen orientation`,
      );
    // The real server turns a phone to its right side for landscape (`ScreenRotation.ofOrientation`).
    turn(call, wanted === "PORTRAIT" ? 0 : 3);
    return orientation(call);
  },
  "GET /session/:sessionId/rotation": (call) => ({ x: 0, y: 0, z: display(call).rotation * 90 }),
  "POST /session/:sessionId/rotation": (call) => {
    const z = Number(requiredText(call.body, "z"));
    if (![0, 90, 180, 270].includes(z))
      throw new Uia2Error(
        "invalid argument",
        `Rotation value of ${z} degrees is not supported. Only 0, 90, 180 and 270 degrees could be translated into a valid screen rotation`,
      );
    turn(call, z / 90);
    return `ROTATION_${z}`;
  },
  // UiDevice's size is that of the whole display, with all bars.
  "GET /session/:sessionId/window/:windowHandle/size": (call) => {
    const { width, height } = display(call);
    return { width, height };
  },
  "POST /session/:sessionId/appium/device/get_clipboard": ({ host, body }) => {
    plainTextOnly(body);
    // Since Android 10 only the app in front and the input method in use may read it; the server is neither.
    const readable = Number(host.phone.properties.get("ro.build.version.sdk")) < 29;
    return Buffer.from(readable ? host.phone.clipboard.get() : "").toString("base64");
  },
  "POST /session/:sessionId/appium/device/set_clipboard": ({ host, body }) => {
    const content = requiredText(body, "content");
    plainTextOnly(body);
    host.phone.clipboard.set(Buffer.from(content, "base64").toString("utf8"));
  },
};

function plainTextOnly(body: Call["body"]): void {
  const { contentType } = body;
  if (contentType === undefined || contentType === null) return;
  const given = typeof contentType === "string" ? contentType : JSON.stringify(contentType);
  if (given.toUpperCase() !== "PLAINTEXT")
    throw new Uia2Error(
      "invalid argument",
      `Only '[PLAINTEXT]' content types are supported. '${given}' is given instead`,
    );
}

function orientation(call: Call): string {
  return display(call).rotation % 2 === 0 ? "PORTRAIT" : "LANDSCAPE";
}

/** UiDevice freezes the rotation, which the settings hold as `wm user-rotation lock` leaves it. */
function turn({ host }: Call, rotation: number): void {
  host.phone.settings.put("system", "accelerometer_rotation", "0");
  host.phone.settings.put("system", "user_rotation", String(rotation));
  host.phone.windows.invalidate();
}

function density({ host }: Call): number {
  return densityOf(host.phone);
}

/** Dots per inch: what `wm density` has set, or the panel's. */
export function densityOf({ settings, properties }: Call["host"]["phone"]): number {
  return Number(
    settings.get("secure", "display_density_forced") ?? properties.get("ro.sf.lcd_density") ?? 420,
  );
}

function deviceInfo(call: Call): object {
  const { phone } = call.host;
  const { width, height } = display(call);
  const property = (name: string): string => phone.properties.get(name) ?? "";
  return {
    androidId: phone.settings.get("secure", "android_id") ?? null,
    manufacturer: property("ro.product.manufacturer"),
    model: property("ro.product.model"),
    brand: property("ro.product.brand"),
    apiVersion: property("ro.build.version.sdk"),
    platformVersion: property("ro.build.version.release"),
    carrierName: property("gsm.operator.alpha") || "T-Mobile",
    realDisplaySize: `${width}x${height}`,
    displayDensity: density(call),
    networks: networks(wifiOn(phone.settings)),
    locale: property("persist.sys.locale") || "en_US",
    timeZone: property("persist.sys.timezone") || "UTC",
    bluetooth: { state: bluetoothOn(phone.settings) ? "ON" : "OFF" },
  };
}

function networks(wifi: boolean): object[] {
  const connected = {
    type: 1,
    typeName: "WIFI",
    subtype: 0,
    subtypeName: "",
    isConnected: true,
    detailedState: "CONNECTED",
    state: "CONNECTED",
    extraInfo: null,
    isAvailable: true,
    isFailover: false,
    isRoaming: false,
    capabilities: {
      transportTypes: "TRANSPORT_WIFI",
      networkCapabilities: "NET_CAPABILITY_INTERNET,NET_CAPABILITY_VALIDATED",
    },
  };
  return wifi ? [connected] : [];
}
