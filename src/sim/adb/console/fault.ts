/** The console's `fault`: the simulator's own addition to the emulator's commands. */
import { faultNames, type FaultName, type FaultSetting } from "../../faults.ts";
import type { ConsoleHost } from "../host.ts";
import type { ConsoleCommand } from "./commands.ts";
import { Refusal } from "./refusal.ts";

type Setting = keyof FaultSetting;

/** What a fault takes besides its name. Those without `times` stay until they are cleared. */
const takes: Record<FaultName, readonly Setting[]> = {
  offline: ["ms"],
  hang: ["times"],
  "stale-tree": ["times"],
  "dump-error": ["times"],
  "windows-late": ["times"],
  "never-idle": ["times"],
  "black-frame": ["times"],
  "slow-shell": ["times", "ms"],
  anr: ["times"],
  "snapshot-error": ["times"],
  "instrumentation-death": ["times"],
  "slow-source": ["times", "ms"],
  "session-lost": ["times"],
};

/** A day: longer than any run of a test, and within what timers take. */
const greatest = 86_400_000;

export const faultCommands: ReadonlyMap<string, ConsoleCommand> = new Map<string, ConsoleCommand>([
  ["list", { summary: "list the faults that are set", run: (_, host) => list(host) }],
  ["set", { summary: "set a fault: NAME [times=N] [ms=N]", run: set }],
  ["clear", { summary: "clear a fault, or all of them without a name", run: clear }],
]);

function list(host: ConsoleHost): string[] {
  return host.faults
    .list()
    .map(({ name, times, ms }) =>
      [name, times === undefined ? "" : `times=${times}`, ms === undefined ? "" : `ms=${ms}`]
        .filter((part) => part !== "")
        .join(" "),
    );
}

function set(args: string, host: ConsoleHost): string[] {
  const [word = "", ...settings] = args.split(/\s+/).filter((part) => part !== "");
  const name = known(word);
  host.faults.set(name, Object.fromEntries(settings.map((text) => setting(name, text))));
  return [];
}

function clear(args: string, host: ConsoleHost): string[] {
  const word = args.trim();
  host.faults.clear(word === "" ? undefined : known(word));
  return [];
}

function known(word: string): FaultName {
  const name = faultNames.find((each) => each === word);
  if (name !== undefined) return name;
  const what = word === "" ? "no fault is named" : `there is no fault '${word}'`;
  throw new Refusal(`${what}; the faults are ${faultNames.join(", ")}`);
}

function setting(name: FaultName, text: string): [Setting, number] {
  const [, key, digits] = /^(times|ms)=(\d+)$/.exec(text) ?? [];
  const taken = takes[name].find((each) => each === key);
  if (taken === undefined)
    throw new Refusal(
      `'${text}' is no setting of '${name}', which takes ${takes[name].map((each) => `${each}=N`).join(" ")}`,
    );
  const value = Number(digits);
  if (value < 1 || value > greatest)
    throw new Refusal(`${taken} of '${name}' must be between 1 and ${greatest}`);
  return [taken, value];
}
