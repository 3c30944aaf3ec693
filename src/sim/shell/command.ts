import type { Faults } from "../faults.ts";
import type { DeviceOperation } from "../latency.ts";
import type { Phone } from "../system/phone.ts";
import type { DevicePorts } from "../system/ports.ts";
import type { Instrumentation } from "../uia2/instrumentation.ts";

/** What a command prints and returns. Text is written as UTF-8; bytes are written as they are. */
export interface Output {
  out?: string | Uint8Array;
  err?: string;
  /** 0 where not given. */
  code?: number;
}

/** What a command gets besides its arguments. */
export interface CommandContext {
  phone: Phone;
  faults: Faults;
  /** Current folder, absolute. */
  cwd: string;
  stdin: Uint8Array;
  signal: AbortSignal | undefined;
  /** What runs while a command such as `am instrument -w` does. */
  instrumentation: Instrumentation;
  ports: DevicePorts;
  /** Writes at once, ahead of what the command returns; with its output where that is collected. */
  print(text: string): void;
  /**
   * Whether `print` reaches the client at once. It does not behind a pipe or a redirection, where a
   * command that never ends would have no reader: it prints what there is, and ends.
   */
  live: boolean;
  /** Runs a command line in a shell of its own. */
  shell(line: string): Promise<Output>;
  /**
   * Lets the time pass that an operation of this kind takes, and then has the screen show what is
   * stored. Every command that looks at the screen or touches it begins with this.
   */
  spend(operation: DeviceOperation): Promise<void>;
}

export type CommandRun = (args: readonly string[], context: CommandContext) => Output | Promise<Output>;

/** Commands by name. A group is one file. */
export type Commands = Record<string, CommandRun>;

export function ok(text = ""): Output {
  return { out: text === "" || text.endsWith("\n") ? text : `${text}\n` };
}

export function fail(text: string, code = 1): Output {
  return { err: text === "" || text.endsWith("\n") ? text : `${text}\n`, code };
}

/** As Android's `cmd` services print what they threw. */
export function thrown(what: string, exception: string): Output {
  return fail(`\nException occurred while executing '${what}':\n${exception}`, 255);
}

/** A path as the command's user means it. */
export function absolute(context: CommandContext, path: string): string {
  return path.startsWith("/") ? path : `${context.cwd}/${path}`;
}
