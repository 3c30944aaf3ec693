import type { Commands } from "./command.ts";
import { settingsCommands } from "./settings.ts";

/** Every command of Android's that the simulated phone knows. */
export const androidCommands: Commands = {
  ...settingsCommands,
};
