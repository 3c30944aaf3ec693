/** Settings of a session, with the defaults of the real server (its `model/settings`). */
import { Uia2Error } from "./errors.ts";

export type SettingValue = string | number | boolean;

const defaults = {
  actionAcknowledgmentTimeout: 3000,
  allowInvisibleElements: false,
  alwaysTraversableViewClasses: "",
  currentDisplayId: 0,
  deferAccessibilityCacheReset: false,
  disableIdLocatorAutocompletion: false,
  elementResponseAttributes: "name,text",
  enableMultiWindows: false,
  enableNotificationListener: true,
  enableTopmostWindowFromActivePackage: false,
  enforceXPath1: false,
  ignoreUnimportantViews: false,
  includeA11yActionsInPageSource: false,
  includeExtraRenderingInfo: false,
  includeExtrasInPageSource: false,
  keyInjectionDelay: 0,
  limitXPathContextScope: true,
  mapTestTagToResourceId: false,
  mjpegBilinearFiltering: false,
  mjpegScalingFactor: 50,
  mjpegServerFramerate: 10,
  mjpegServerPort: 7810,
  mjpegServerScreenshotQuality: 50,
  normalizeTagNames: false,
  scrollAcknowledgmentTimeout: 200,
  serverPort: 6790,
  shouldUseCompactResponses: true,
  shutdownOnPowerDisconnect: true,
  simpleBoundsCalculation: false,
  snapshotMaxDepth: 70,
  trackScrollEvents: true,
  useResourcesForOrientationDetection: false,
  waitForIdleTimeout: 10_000,
  waitForSelectorTimeout: 10_000,
  wakeLockTimeout: 86_400_000,
} satisfies Record<string, SettingValue>;

export type SettingName = keyof typeof defaults;
type Values = {
  -readonly [K in SettingName]: (typeof defaults)[K] extends boolean
    ? boolean
    : (typeof defaults)[K] extends number
      ? number
      : string;
};

export class Settings {
  readonly #values: Values = { ...defaults };

  get<K extends SettingName>(name: K): Values[K] {
    return this.#values[name];
  }

  all(): Readonly<Values> {
    return { ...this.#values };
  }

  static isName(name: string): name is SettingName {
    return Object.hasOwn(defaults, name);
  }

  /** Takes numbers and booleans also as text, as Gson does; a name that is not known is passed over. */
  update(name: string, value: unknown): void {
    if (!Settings.isName(name)) return;
    const taken = convert(name, value);
    if (name === "snapshotMaxDepth" && (Number(taken) < 1 || Number(taken) > 500)) {
      throw new Uia2Error(
        "invalid argument",
        `Invalid snapshotMaxDepth value specified, must be in range 1..500. ${String(taken)} was given`,
      );
    }
    Object.assign(this.#values, { [name]: taken });
  }
}

function convert(name: SettingName, value: unknown): SettingValue {
  const kind = typeof defaults[name];
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (kind === "string" && typeof value === "string") return value;
  if (kind === "boolean" && /^(?:true|false)$/iu.test(text)) return text.toLowerCase() === "true";
  if (kind === "number" && /^-?\d+(?:\.\d+)?$/u.test(text)) return Math.trunc(Number(text));
  throw new Uia2Error(
    "invalid argument",
    `Invalid setting value type. Got: ${typeof value}. Expected: ${kind} for the setting '${name}'`,
  );
}
