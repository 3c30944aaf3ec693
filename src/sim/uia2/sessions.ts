import type { Random } from "../../random.ts";
import type { Session, Uia2Host } from "./context.ts";
import { ElementCache } from "./elements.ts";
import { Uia2Error } from "./errors.ts";
import { serverPackage } from "./names.ts";
import { Settings } from "./settings.ts";

/** Where the one session is kept; a new one takes its place. */
export interface SessionStore {
  session: Session | undefined;
}

/** Takes W3C capabilities; those named as a setting set it (the real one's `model/Session`). */
export function createSession(host: Uia2Host, store: SessionStore, body: Record<string, unknown>): Session {
  const { capabilities } = body;
  if (typeof capabilities !== "object" || capabilities === null)
    throw new Uia2Error("session not created", "'capabilities' are mandatory for session creation");
  const settings = new Settings();
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parseCapabilities(capabilities as Record<string, unknown>))) {
    const setting = Settings.named(name, { anyCase: true });
    if (setting === undefined) kept[name] = value;
    else settings.update(setting, value);
  }
  const session = {
    id: uuid(host.random),
    capabilities: kept,
    settings,
    elements: new ElementCache(),
    since: host.phone.clock.now(),
  };
  store.session = session;
  return session;
}

export function deleteSession(store: SessionStore): void {
  store.session = undefined;
}

/** W3C's `alwaysMatch` and the first of `firstMatch`, without Appium's prefix; older clients send them bare. */
function parseCapabilities(given: Record<string, unknown>): Record<string, unknown> {
  const { alwaysMatch, firstMatch } = given;
  const merged =
    alwaysMatch === undefined && firstMatch === undefined
      ? given
      : {
          ...(alwaysMatch as object | undefined),
          ...(Array.isArray(firstMatch) ? (firstMatch[0] as object) : {}),
        };
  return Object.fromEntries(
    Object.entries(merged).map(([name, value]) => [name.replace(/^appium:/u, ""), value]),
  );
}

/** Routes that need no session. */
export const sessionlessRoutes: Readonly<Record<string, (host: Uia2Host, store: SessionStore) => unknown>> = {
  "GET /status": ({ phone }) => {
    const server = phone.packages.get(serverPackage);
    return {
      ready: true,
      message: "UiAutomator2 Server is ready to accept commands",
      build: { version: server?.versionName ?? "", versionCode: server?.versionCode ?? 0 },
    };
  },
  "GET /sessions": (_host, { session }) =>
    session === undefined
      ? []
      : [{ id: session.id, sessionId: session.id, capabilities: session.capabilities }],
  "GET /appium/device/apps": ({ phone }) => launchableApps(phone),
  // Answered by the server itself, which makes the session.
  "POST /session": () => undefined,
};

export function launchableApps(phone: Uia2Host["phone"]): object[] {
  return phone.packages
    .list()
    .flatMap(({ launcher, label, package: name }) =>
      launcher === undefined
        ? []
        : [{ packageName: name, packageActivity: fullClass(name, launcher), appName: label }],
    );
}

function fullClass(packageName: string, component: string): string {
  const activity = component.slice(component.indexOf("/") + 1);
  return activity.startsWith(".") ? packageName + activity : activity;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
