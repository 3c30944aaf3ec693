import type { Screen } from "../../src/screen/index.ts";
import { type FakeDevice, fakeDevice } from "./fakes.ts";

export interface RecordedDevice extends FakeDevice {
  /** Which of the recorded screens it shows, from 0. */
  readonly position: number;
}

/**
 * A device that shows recorded screens, one after the other: each action, whatever it is, leads to the next one, and
 * none is refused. The way to the home screen, which comes before an episode's first step, leads nowhere.
 */
export function recordedDevice(screens: readonly Screen[], apps: readonly string[]): RecordedDevice {
  let position = -1;
  return {
    ...fakeDevice("recorded"),
    get position() {
      return Math.max(0, position);
    },
    screen: async () => screens[Math.max(0, position)]!,
    async perform() {
      position = Math.min(position + 1, screens.length - 1);
      return { ok: true };
    },
    apps: async () =>
      apps.map((name) => ({ package: `recorded.${name.length}`, activity: "recorded/.Main", name })),
  };
}
