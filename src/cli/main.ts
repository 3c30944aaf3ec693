#!/usr/bin/env node
import { configError } from "../errors.ts";
import { buildProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

const json = process.argv.includes("--json");

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `| head` has read enough: like other programs, this one ends then without a word.
  if (error.code === "EPIPE") process.exit(1);
  const message = `standard output cannot be written (${error.message}); free room, or name another file`;
  process.exit(reportError(configError("OUTPUT_NOT_WRITABLE", message, error), json));
});

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportError(error, json);
}
