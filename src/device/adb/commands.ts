import { infraError } from "../../errors.ts";
import type { Commands } from "../commands.ts";
import type { ShellResult } from "../device.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/** The commands of one device through its shell. */
export function commandsOver(transport: AdbTransport, commandMs: number): Commands {
  const runLine = async (line: string, names: string, timeoutMs: number): Promise<ShellResult> => {
    // What is told of a failure names the commands alone: a text that is typed may be a password.
    const { stdout, stderr, exitCode } = await transport.run(line, {
      timeoutMs,
      purpose: `running ${names}`,
    });
    return { stdout: stdout.toString(), stderr: stderr.toString(), exitCode };
  };
  const mustLine = async (line: string, argvs: readonly (readonly string[])[]): Promise<string> => {
    const names = namesOf(argvs);
    const { stdout, stderr, exitCode } = await runLine(line, names, commandMs);
    if (exitCode !== 0) {
      const said = (stderr.trim() || stdout.trim()).slice(0, 300);
      if (said.includes("INJECT_EVENTS")) throw inputForbidden(transport.serial);
      throw infraError(
        "COMMAND_FAILED",
        `${names} failed on ${transport.serial} with exit code ${exitCode}: ${said}`,
      );
    }
    return stdout;
  };
  return {
    serial: transport.serial,
    run: (argv, timeoutMs = commandMs) => runLine(commandLine(argv), namesOf([argv]), timeoutMs),
    must: (...argvs) => mustLine(argvs.map(commandLine).join(" && "), argvs),
    async mustOverlap(gapMs, first, second) {
      const [before, after] = [commandLine(first), commandLine(second)];
      await mustLine(`${before} & sleep ${gapMs / 1000}; ${after} && wait $!`, [first, second]);
    },
  };
}

function namesOf(argvs: readonly (readonly string[])[]): string {
  return argvs.map((argv) => argv.slice(0, 2).join(" ")).join(", ");
}

function inputForbidden(serial: string): Error {
  return infraError(
    "INPUT_FORBIDDEN",
    `${serial} lets nobody touch its screen over adb: allow it in the developer options of the device, ` +
      `on Xiaomi's by "USB debugging (Security settings)"`,
  );
}
