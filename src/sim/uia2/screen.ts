/** What all routes that look at the screen or touch it have in common. */
import type { DeviceOperation } from "../latency.ts";
import { displayOf, type Display } from "../ui/display.ts";
import type { Call } from "./context.ts";
import { Uia2Error } from "./errors.ts";
import { activeRootOf, everyRootOf, rootsOf, toastNode, type UiNode } from "./nodes.ts";

/** Lets the time of an operation pass, and then has the screen show what is stored. */
export async function spend({ host, signal }: Call, operation: DeviceOperation): Promise<void> {
  await host.latency.spend(operation, signal);
  signal.throwIfAborted();
  host.phone.tick();
  host.phone.refresh();
}

/** How long the real server remembers a toast (`NotificationListener`). */
const toastRememberedMs = 3500;
/** How long the real server looks for the window in front (`AXWindowHelpers`). */
const rootTimeoutMs = 10_000;

/**
 * As `spend`, for what reads the tree: it waits until the screen has come to rest, for as long as the settings say,
 * and goes on all the same. Throws where there is no window in front, as when the screen is off.
 */
export async function spendAndSettle(call: Call, operation: DeviceOperation): Promise<void> {
  const { host, session } = call;
  await spend(call, operation);
  if (!host.phone.windows.idle) await wait(call, session.settings.get("waitForIdleTimeout"));
  if (host.phone.windows.awake) return;
  await wait(call, rootTimeoutMs);
  throw new Uia2Error(
    "unknown error",
    `Timed out after ${rootTimeoutMs}ms waiting for the root AccessibilityNodeInfo in the active window. Make sure the active window is not constantly hogging the main UI thread (e.g. the application is being idle long enough), so the accessibility manager could do its work`,
  );
}

/** Lets time pass, in which alarms that are due go off. */
export async function wait({ host, signal }: Call, ms: number): Promise<void> {
  if (ms <= 0) return;
  await host.latency.pass(ms, signal);
  signal.throwIfAborted();
  host.phone.tick();
  host.phone.refresh();
}

export function roots({ host, session }: Call): UiNode[] {
  return rootsOf(host.phone.windows, session.settings);
}

/** As `roots`, with what the server has heard of toasts: the source, and XPath over it, have that at their end. */
export function rootsWithToast(call: Call): UiNode[] {
  const shown = roots(call);
  const { host, session } = call;
  const { lastToast } = host.phone.windows;
  if (lastToast === undefined || lastToast.at < session.since) return shown;
  if (host.phone.clock.now() - lastToast.at > toastRememberedMs) return shown;
  if (!session.settings.get("enableNotificationListener")) return shown;
  return [...shown, toastNode(lastToast, shown.length)];
}

export function everyWindow({ host, session }: Call): UiNode[] {
  return everyRootOf(host.phone.windows, session.settings);
}

export function activeRoot({ host, session }: Call): UiNode | undefined {
  return activeRootOf(host.phone.windows, session.settings);
}

export function display({ host }: Call): Display {
  return displayOf(host.phone.settings);
}

/** Runs what an app does; a fault in it is the app's crash, not the server's. */
export function act({ host }: Call, packageName: string, run: () => void): void {
  host.phone.activities.attempt(packageName, run);
  host.phone.windows.invalidate();
  host.phone.refresh();
}
