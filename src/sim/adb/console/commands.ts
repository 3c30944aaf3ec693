/** The console's commands, with the words of the emulator (external/qemu, android-emu console.cpp). */
import { errorMessage } from "../../../errors.ts";
import type { ConsoleHost } from "../host.ts";
import { faultCommands } from "./fault.ts";
import { decodeMessage } from "./message.ts";
import { Refusal } from "./refusal.ts";
import { snapshotTable } from "./snapshot-table.ts";

export interface ConsoleCommand {
  /** One line for `help`. */
  summary: string;
  /** May be used before `auth`. */
  open?: boolean;
  /** Does it, and returns the lines before OK. */
  run?(args: string, host: ConsoleHost): string[];
  children?: CommandTable;
}

export type CommandTable = ReadonlyMap<string, ConsoleCommand>;

const snapshotCommands: CommandTable = new Map<string, ConsoleCommand>([
  [
    "list",
    { summary: "list available state snapshots", run: (_, host) => snapshotTable(host.snapshots.list()) },
  ],
  ["save", { summary: "save state snapshot", run: (name, host) => snapshot("save", name, host) }],
  ["load", { summary: "load state snapshot", run: (name, host) => snapshot("load", name, host) }],
  ["del", { summary: "delete state snapshot", run: (name, host) => snapshot("delete", name, host) }],
  ["delete", { summary: "delete state snapshot", run: (name, host) => snapshot("delete", name, host) }],
]);

const avdCommands: CommandTable = new Map<string, ConsoleCommand>([
  ["status", { summary: "query virtual device status", run: () => ["virtual device is running"] }],
  ["name", { summary: "query virtual device name", open: true, run: (_, host) => [host.avdName] }],
  // What the emulator says when it runs without an AVD folder, as the simulated device does.
  ["path", { summary: "query AVD path", run: () => ["NO_AVD_INFO"] }],
  ["snapshot", { summary: "state snapshot commands", children: snapshotCommands }],
]);

const smsCommands: CommandTable = new Map<string, ConsoleCommand>([
  ["send", { summary: "send inbound SMS text message", run: sendSms }],
]);

/** All but `help`, `auth`, `quit` and `kill`, which change the session itself. */
export const consoleCommands: CommandTable = new Map<string, ConsoleCommand>([
  ["ping", { summary: "check if the emulator is alive", open: true, run: () => ["I am alive!"] }],
  ["avd", { summary: "control virtual device execution", open: true, children: avdCommands }],
  ["sms", { summary: "SMS related commands", children: smsCommands }],
  ["fault", { summary: "make something go wrong (of the simulator only)", children: faultCommands }],
]);

/** Runs one line and returns what is printed before OK. Throws `Refusal`. */
export function runCommandLine(line: string, authenticated: boolean, host: ConsoleHost): string[] {
  let [name, args] = splitFirst(line);
  let command = find(consoleCommands, name, authenticated);
  if (command === undefined) throw new Refusal("unknown command, try 'help'");
  while (command.children !== undefined) {
    const help = describe(command);
    if (args === "") throw new Refusal("missing sub-command", help);
    [name, args] = splitFirst(args);
    command = find(command.children, name, authenticated);
    // The emulator prints two blanks here.
    if (command === undefined) throw new Refusal(" bad sub-command", help);
  }
  return command.run?.(args, host) ?? [];
}

/** What `help COMMAND` prints. */
export function describe(command: ConsoleCommand): string[] {
  const children = [...(command.children ?? [])];
  if (children.length === 0) return [command.summary];
  const rows = children.map(([name, child]) => `    ${name.padEnd(15)}  ${child.summary}`);
  return [command.summary, "", "available sub-commands:", ...rows, ""];
}

export function splitFirst(line: string): [first: string, rest: string] {
  const at = line.indexOf(" ");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1).replace(/^ +/, "")];
}

function find(table: CommandTable, name: string, authenticated: boolean): ConsoleCommand | undefined {
  const command = table.get(name);
  return command !== undefined && (authenticated || command.open === true) ? command : undefined;
}

function snapshot(what: "save" | "load" | "delete", name: string, host: ConsoleHost): string[] {
  if (name === "") throw new Refusal(`Argument missing, try 'avd snapshot ${what} <name>'`);
  // QEMU's words for a state that does not fit the machine.
  if (what === "load" && host.faults.strike("snapshot-error"))
    throw new Refusal("Error -22 while loading VM state");
  try {
    host.snapshots[what](name);
    return [];
  } catch (error) {
    throw new Refusal(errorMessage(error).replaceAll(/[\r\n]+/g, " "));
  }
}

function sendSms(args: string, host: ConsoleHost): string[] {
  const [number, message] = splitFirst(args);
  if (number === "" || message === "") {
    throw new Refusal("missing argument, try 'sms send <phonenumber> <text message>'");
  }
  if (!/^\+?[\d-]+$/.test(number)) throw new Refusal("bad phone number format, use [+](0-9)*");
  const text = decodeMessage(message);
  if (text === undefined) {
    throw new Refusal("badly formatted text", [
      "message must be utf8 and can use the following escapes:",
      "    \\n      for a newline",
      "    \\xNN    where NN are two hexadecimal numbers",
      "    \\uNNNN  where NNNN are four hexadecimal numbers",
      "    \\\\     to send a '\\' character",
      "",
      "    anything else is an error",
    ]);
  }
  host.receiveSms(number, text);
  return [];
}
