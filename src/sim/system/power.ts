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
}

const fullPower: PowerState = { level: 100, plugged: true };

export function createPower(): Power {
  let state = fullPower;
  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
    },
  };
}
