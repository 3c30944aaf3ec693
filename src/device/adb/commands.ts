import { infraError } from "../../errors.ts";
import type { Commands } from "../commands.ts";
import type { ShellResult } from "../device.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/** The commands of one device through its shell. */
export function commandsOver(transport: AdbTransport, commandMs: number): Commands {
  const runLine = async (line: string, timeoutMs: number): Promise<ShellResult> => {
    const { stdout, stderr, exitCode } = await transport.run(line, { timeoutMs });
    return { stdout: stdout.toString(), stderr: stderr.toString(), exitCode };
  };
  return {
    serial: transport.serial,
    run: (argv, timeoutMs = commandMs) => runLine(commandLine(argv), timeoutMs),
    async must(...argvs) {
      const line = argvs.map(commandLine).join(" && ");
      const { stdout, stderr, exitCode } = await runLine(line, commandMs);
      if (exitCode !== 0) {
        const names = argvs.map((argv) => argv.slice(0, 2).join(" ")).join(", ");
        const said = (stderr.trim() || stdout.trim()).slice(0, 300);
        throw infraError(
          "COMMAND_FAILED",
          `${names} failed on ${transport.serial} with exit code ${exitCode}: ${said}`,
        );
      }
      return stdout;
    },
  };
}
