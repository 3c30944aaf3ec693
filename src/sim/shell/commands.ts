import { am } from "./am.ts";
import type { Commands } from "./command.ts";
import { content } from "./content.ts";
import { date } from "./date.ts";
import { dumpsys } from "./dumpsys.ts";
import { fileCommands } from "./files.ts";
import { ime } from "./ime.ts";
import { input } from "./input.ts";
import { logCommands } from "./logcat.ts";
import { monkey } from "./monkey.ts";
import { networkCommands } from "./nc.ts";
import { pm } from "./pm.ts";
import { screenCommands } from "./screen.ts";
import { serviceCommands } from "./services.ts";
import { settings } from "./settings.ts";
import { sqlite3 } from "./sqlite.ts";
import { systemCommands } from "./system.ts";

/** Every command of Android's that the simulated phone knows. */
export const androidCommands: Commands = {
  ...fileCommands,
  ...logCommands,
  ...networkCommands,
  ...screenCommands,
  ...serviceCommands,
  ...systemCommands,
  am,
  content,
  date,
  dumpsys,
  ime,
  input,
  monkey,
  pm,
  settings,
  sqlite3,
};
