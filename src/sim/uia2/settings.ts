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

  /** The setting of a name, whose case does not matter where capabilities name it. */
  static named(name: string, { anyCase = false } = {}): SettingName | undefined {
    const wanted = anyCase ? name.toLowerCase() : name;
    const found = Object.keys(defaults).find((each) => (anyCase ? each.toLowerCase() : each) === wanted);
    return found as SettingName | undefined;
  }

  /** A value of another type is refused; one that is out of range is logged by the real server, and no more. */
  update(name: SettingName, value: unknown): void {
    const kind = typeof defaults[name];
    if (typeof value !== kind)
      throw new Uia2Error(
        "invalid argument",
        `Invalid '${name}' setting value type. Got: ${javaType(typeof value)}. Expected: ${javaType(kind)}.`,
      );
    const taken = typeof value === "number" ? Math.trunc(value) : value;
    if (name === "snapshotMaxDepth" && (Number(taken) < 1 || Number(taken) > 500)) return;
    Object.assign(this.#values, { [name]: taken });
  }
}

function javaType(type: string): string {
  return (
    { boolean: "java.lang.Boolean", number: "java.lang.Integer", string: "java.lang.String" }[type] ?? type
  );
}
