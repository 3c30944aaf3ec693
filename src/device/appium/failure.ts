import { AndroidGenError, errorMessage, infraError } from "../../errors.ts";

/**
 * What became of a call that failed:
 * - `refused`: the device or Appium answered, with an error; the session lives.
 * - `unsent`: the session or Appium itself is gone, and the call never reached the device.
 * - `unsure`: the session is gone, and the call may have been carried out before.
 * - `late`: no answer in time; the call may be carried out yet.
 */
export type FailureKind = "refused" | "unsent" | "unsure" | "late";

export interface CallFailure {
  kind: FailureKind;
  /** The WebDriver error code, such as `invalid element state`; empty where nobody answered. */
  code: string;
  /** One line in Appium's own words. */
  said: string;
}

/** Nobody listens at the address: the call went nowhere. */
const notReached = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** Appium ended between the call and its answer. */
const cutOff = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);
const tooLate = new Set(["ETIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/**
 * Sentences of a session that is no more and has not let the call through: Appium's for an unknown session
 * (`NoSuchDriverError`, also of the server on the device) and for one that ended just now (`AppiumDriver.executeCommand`),
 * the UiAutomator2 driver's once `am instrument` has ended
 * (`UIA2Proxy.proxyCommand`), webdriverio's for a session that it has ended itself.
 */
const neverSent =
  /invalid session id|session is either terminated or not started|session with id '[^']*' does not exist|instrumentation process is not running|after session has been deleted|connect ECONNREFUSED/iu;
/**
 * Appium's for a connection to the device that broke (`WebDriverProxy.proxy`) or a driver that fell over, and Android's
 * for instrumentation that lives but has lost its way to the screen, of which the server on the device often names no
 * more than the call that failed (its `ReflectionUtils.invoke`).
 */
const broken =
  /Could not proxy command to the remote server|socket hang up|unexpectedly shut down|UiAutomation not connected|Error while connecting UiAutomation|UiDevice\.getUiAutomation\(\)|Cannot call disconnected service|Dead(?:Object|System)Exception/iu;
/** The driver's for a device that is slow, and `fetch`'s for an Appium that is. */
const slow = /timeout of \d+ms exceeded|aborted due to timeout/iu;

/** Reads what webdriverio threw: an error with a network code, or one named by its WebDriver error. */
export function failureOf(error: unknown): CallFailure {
  const message = errorMessage(error);
  const network = codeOf(error);
  const said = oneLine(message);
  const of = (kind: FailureKind, code = ""): CallFailure => ({ kind, code, said });
  if (tooLate.has(network)) return of("late");
  if (notReached.has(network)) return of("unsent");
  if (cutOff.has(network)) return of("unsure");
  const code = error instanceof Error ? error.name : "";
  if (code === "invalid session id" || neverSent.test(message)) return of("unsent", code);
  if (slow.test(message)) return of("late", code);
  if (broken.test(message)) return of("unsure", code);
  return of("refused", code);
}

/** Whether Appium itself cannot be reached. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return notReached.has(code) || cutOff.has(code);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

/** The error that leaves the driver when a call cannot be made good. */
export function asDeviceError(error: unknown, what: string): AndroidGenError {
  if (AndroidGenError.isInstance(error)) return error;
  const { kind, said } = failureOf(error);
  if (kind === "late") return infraError("DEVICE_TIMEOUT", `${what}: no answer in time (${said})`, error);
  if (isUnreachable(error)) {
    return infraError("APPIUM_UNREACHABLE", `${what}: Appium cannot be reached (${said})`, error);
  }
  const code = kind === "refused" ? "APPIUM_REFUSED" : "SESSION_LOST";
  return infraError(code, `${what}: ${said}`, error);
}

const longestLine = 300;

/** The first sentence that webdriverio passes on, without what it adds about its own call. */
export function oneLine(message: string): string {
  const own = message.replace(/^WebDriverError: /u, "").replace(/ when running "[\s\S]*$/u, "");
  const line = own.replaceAll(/\s+/gu, " ").trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
