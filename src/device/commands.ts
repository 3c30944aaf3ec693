import type { ShellResult } from "./device.ts";

/** Runs commands by argument vector on one device, each within a bound. */
export interface Commands {
  readonly serial: string;
  run(argv: readonly string[], timeoutMs?: number): Promise<ShellResult>;
  /** Runs commands one after the other in one round trip; throws `COMMAND_FAILED` (`infra`) when one fails. */
  must(...argvs: readonly (readonly string[])[]): Promise<string>;
  /** As `must`, but starts the second command `gapMs` after the first, whether or not that one has ended. */
  mustOverlap(gapMs: number, first: readonly string[], second: readonly string[]): Promise<void>;
}
