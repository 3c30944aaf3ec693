import { settingsDefaults } from "./settings-defaults.ts";
import type { SettingsNamespace, SimSettings } from "./services.ts";

type Table = Record<SettingsNamespace, Map<string, string>>;

export interface SettingsStore extends SimSettings {
  save(): Record<SettingsNamespace, [string, string][]>;
  restore(state: Record<SettingsNamespace, [string, string][]>): void;
}

export const settingsNamespaces: readonly SettingsNamespace[] = ["system", "secure", "global"];

export function createSettings(): SettingsStore {
  const fill = (rows: (namespace: SettingsNamespace) => Iterable<[string, string]>): Table => ({
    system: new Map(rows("system")),
    secure: new Map(rows("secure")),
    global: new Map(rows("global")),
  });
  let table = fill((namespace) => Object.entries(settingsDefaults[namespace]));
  return {
    get: (namespace, key) => table[namespace].get(key),
    put(namespace, key, value) {
      table[namespace].set(key, value);
    },
    delete: (namespace, key) => table[namespace].delete(key),
    list: (namespace) => [...table[namespace]].sort(([a], [b]) => (a < b ? -1 : 1)),
    save: () => ({ system: [...table.system], secure: [...table.secure], global: [...table.global] }),
    restore(state) {
      table = fill((namespace) => state[namespace]);
    },
  };
}
