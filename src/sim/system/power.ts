/** The battery, as `dumpsys battery` shows and changes it. */
export interface PowerState {
  /** Percent. */
  level: number;
  /** Charging by the charger that an emulator always has. */
  plugged: boolean;
}

export interface Power {
  get(): Readonly<PowerState>;
  set(changes: Partial<PowerState>): void;
  /** Called when the charger is taken away, as ACTION_POWER_DISCONNECTED tells apps; gives what ends it. */
  onUnplugged(listener: () => void): () => void;
}

const fullPower: PowerState = { level: 100, plugged: true };

export function createPower(): Power {
  let state = fullPower;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(changes) {
      const before = state;
      state = { ...state, ...changes };
      if (before.plugged && !state.plugged) for (const listener of listeners) listener();
    },
    onUnplugged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
