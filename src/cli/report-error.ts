import { CommanderError } from "commander";
import { AndroidGenError, errorMessage } from "../errors.ts";
import { Interrupted } from "./interrupt.ts";
import { printable } from "./printable.ts";

/** Says what went wrong on standard error (with `json`, as one line of it) and gives the exit code. */
export function reportError(error: unknown, json: boolean): number {
  // Commander has said it already, as it did for --help and --version, which end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return 130;
  }
  const known = AndroidGenError.isInstance(error);
  if (json) {
    const { code, class: failureClass } = known ? error : { code: "UNEXPECTED", class: undefined };
    process.stderr.write(
      `${JSON.stringify({ error: { code, class: failureClass, message: errorMessage(error) } })}\n`,
    );
  } else {
    process.stderr.write(known ? `${withCode(error)}\n` : `${unexpected(error)}\n`);
  }
  // Suites, devices, endpoints and disks are the user's to mend; the rest is this program's failure.
  return known && error.class !== "agent" ? 2 : 1;
}

/** The code stands after the first line, so that a command on the next one can be copied. */
function withCode({ message, code }: AndroidGenError): string {
  const [first = "", ...rest] = message.split("\n");
  return printable([`error: ${first} [${code}]`, ...rest].join("\n"));
}

/** A failure nobody foresaw is a defect of this program: its stack helps whoever mends it. */
function unexpected(error: unknown): string {
  return `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
