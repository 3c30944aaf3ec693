/** Battery and screen power, as `dumpsys battery` and the power key change them. */
export interface PowerState {
  awake: boolean;
  level: number;
  /** Charging by the charger that an emulator always has. */
  plugged: boolean;
}

export interface Power {
  get(): Readonly<PowerState>;
  set(changes: Partial<PowerState>): void;
}

export const fullPower: PowerState = { awake: true, level: 100, plugged: true };

export function createPower(): Power {
  let state = fullPower;
  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
    },
  };
}
