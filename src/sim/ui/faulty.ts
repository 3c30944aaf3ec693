/** The screen as it is seen from outside while a fault falsifies the view. */
import type { Faults } from "../faults.ts";
import { writeDump } from "./dump.ts";
import { blackPixels, encodePng } from "./picture.ts";
import type { AccessibilityWindow, Windows } from "./windows.ts";

/**
 * The same windows, whose trees, pictures, rest and touches are subject to `stale-tree`,
 * `black-frame`, `never-idle` and `anr`. Whoever reads the screen through them needs to know nothing of faults.
 */
export function withFaults(windows: Windows, faults: Faults): Windows {
  /** What was last told truly: the cache of an accessibility service that misses an event. */
  let told: { windows: AccessibilityWindow[]; rotation: number } | undefined;

  function isStale(): boolean {
    if (told !== undefined && faults.strike("stale-tree")) return true;
    told = { windows: windows.accessibilityWindows(), rotation: windows.rotation };
    return false;
  }

  /** An app that hangs takes no input; the system does. */
  function taken(deliver: () => void): void {
    const isApps = windows.awake && windows.systemFocus === undefined;
    if (isApps && faults.strike("anr")) windows.stopResponding();
    else deliver();
  }

  const seen = {
    tap: (x: number, y: number) => taken(() => windows.tap(x, y)),
    longPress: (x: number, y: number) => taken(() => windows.longPress(x, y)),
    swipe: (...gesture: Parameters<Windows["swipe"]>) => taken(() => windows.swipe(...gesture)),
    accessibilityWindows(): AccessibilityWindow[] {
      isStale();
      return told!.windows;
    },
    dump() {
      if (!isStale()) return windows.dump();
      const active = told!.windows.find((window) => window.active)!;
      return writeDump(active.root, active.package, told!.rotation);
    },
    pixels: () => (faults.strike("black-frame") ? blackPixels(windows) : windows.pixels()),
    png: () => (faults.strike("black-frame") ? encodePng(blackPixels(windows), windows) : windows.png()),
  };
  return new Proxy(windows, {
    get(target, name) {
      if (name === "idle") return target.idle && faults.strike("never-idle") === undefined;
      if (name in seen) return seen[name as keyof typeof seen];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
