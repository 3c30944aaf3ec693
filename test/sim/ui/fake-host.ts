/** A device with one activity, for the tests of the window manager. */
import type { SettingsNamespace, SimClock, SimSettings } from "../../../src/sim/system/services.ts";
import {
  column,
  createWindows,
  text,
  type View,
  type WindowContent,
  type WindowHost,
  type Windows,
} from "../../../src/sim/ui/index.ts";

export class FakeClock implements SimClock {
  #now = Date.UTC(2023, 9, 15, 15, 34, 0);
  now(): number {
    return this.#now;
  }
  set(epochMs: number): void {
    this.#now = epochMs;
  }
  advance(ms: number): void {
    this.#now += ms;
  }
  date(): Date {
    return new Date(this.#now);
  }
}

export class FakeSettings implements SimSettings {
  readonly values = new Map<string, string>();
  get(namespace: SettingsNamespace, key: string): string | undefined {
    return this.values.get(`${namespace}/${key}`);
  }
  put(namespace: SettingsNamespace, key: string, value: string): void {
    this.values.set(`${namespace}/${key}`, value);
  }
  delete(namespace: SettingsNamespace, key: string): boolean {
    return this.values.delete(`${namespace}/${key}`);
  }
  list(namespace: SettingsNamespace): [string, string][] {
    return [...this.values]
      .filter(([key]) => key.startsWith(`${namespace}/`))
      .map(([key, value]) => [key.slice(namespace.length + 1), value]);
  }
}

export interface Bench {
  windows: Windows;
  clock: FakeClock;
  settings: FakeSettings;
  /** What reached the host: `back`, `home`, `recents`. */
  calls: string[];
  clipboard: { text: string };
  /** Another activity comes to the front. */
  show(id: number, content: () => WindowContent): void;
}

export function bench(content: () => WindowContent | View): Bench {
  let activity = { id: 1, content };
  const clock = new FakeClock();
  const settings = new FakeSettings();
  const calls: string[] = [];
  const clipboard = { text: "" };
  const host: WindowHost = {
    clock,
    settings,
    systemUi: {
      icons: () => [],
      counts: () => false,
      shade: () => column([text("Shade")]),
      internetDialog: () => column([text("Internet")]),
      back: (_state, close) => close(),
    },
    foreground: () => ({
      id: activity.id,
      package: "com.example.app",
      activity: ".Main",
      content: () => {
        const shown = activity.content();
        return "kind" in shown ? { root: shown } : shown;
      },
    }),
    back: () => calls.push("back"),
    home: () => calls.push("home"),
    recents: () => calls.push("recents"),
    stop: (packageName) => calls.push(`stop ${packageName}`),
    notResponding: (packageName) => calls.push(`anr ${packageName}`) > 0,
    attempt: (handler) => handler(),
    clipboard: {
      get: () => clipboard.text,
      set: (text) => {
        clipboard.text = text;
      },
    },
  };
  return {
    windows: createWindows(host),
    clock,
    settings,
    calls,
    clipboard,
    show: (id, next) => {
      activity = { id, content: next };
    },
  };
}
