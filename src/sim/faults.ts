/**
 * What can be made to go wrong on a simulated device, by name. Each is something that people report of real
 * devices. A fault is set through the device's console (`emu fault …`), so that whoever meets the device from
 * outside can break it from outside.
 */
export const faultNames = [
  /** The adb daemon drops its connections and answers no new one: adb calls the device `offline`. */
  "offline",
  /** Shell commands start and never end. */
  "hang",
  /** `uiautomator dump` writes, and `/source` answers, the tree of the screen before. */
  "stale-tree",
  /** `uiautomator dump` prints an error and exits with 0, leaving no file or the old one. */
  "dump-error",
  /** `uiautomator dump --windows` comes before the list of windows is made: it writes no file, and says that it did. */
  "windows-late",
  /** Something on the screen never rests: `uiautomator dump` gives up after ten seconds of waiting. */
  "never-idle",
  /** Pictures are black though the screen is not. */
  "black-frame",
  /** Shell commands take `ms` longer, as on a host that is out of memory. */
  "slow-shell",
  /** The app in front does not respond: Android asks whether to close it, unless `hide_error_dialogs` is 1. */
  "anr",
  /** The console cannot load a snapshot: it says `KO:`, and `adb emu` exits with 0 all the same. */
  "snapshot-error",
  /** The UiAutomator2 server's process dies at its next request. */
  "instrumentation-death",
  /** `/source` takes `ms` longer. */
  "slow-source",
  /** The UiAutomator2 server forgets its session at its next request. */
  "session-lost",
] as const;

export type FaultName = (typeof faultNames)[number];

export interface FaultSetting {
  /** How often it strikes before it is gone; it stays until it is cleared where not given. */
  times?: number;
  /** For faults that take time, in milliseconds of the host's clock. */
  ms?: number;
}

/** Faults belong to the simulated hardware: a snapshot neither keeps nor clears them. */
export interface Faults {
  set(name: FaultName, setting?: FaultSetting): void;
  /** All of them without a name. */
  clear(name?: FaultName): void;
  list(): (FaultSetting & { name: FaultName })[];
  /** Whether it is set, without counting. */
  active(name: FaultName): boolean;
  /** Whether the fault strikes now; counts it where it does. */
  strike(name: FaultName): FaultSetting | undefined;
  /** Called whenever a fault is set, cleared or used up; for what must act at once, as going offline. */
  watch(listener: () => void): () => void;
}

export function createFaults(): Faults {
  const active = new Map<FaultName, FaultSetting>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    set(name, setting = {}) {
      active.set(name, { ...setting });
      changed();
    },
    clear(name) {
      if (name === undefined) active.clear();
      else active.delete(name);
      changed();
    },
    list: () => [...active].map(([name, setting]) => ({ name, ...setting })),
    active: (name) => active.has(name),
    strike(name) {
      const setting = active.get(name);
      if (setting === undefined) return undefined;
      if (setting.times !== undefined) {
        if (setting.times > 1) active.set(name, { ...setting, times: setting.times - 1 });
        else active.delete(name);
        changed();
      }
      return setting;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
