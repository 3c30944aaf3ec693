import { Command, Option } from "commander";
import type { ImportFormat } from "../../import/index.ts";
import { DEFAULT_DB } from "../options.ts";

export interface ImportCommandOptions {
  db: string;
  format?: ImportFormat;
  json?: boolean;
}

export function importCommand(): Command {
  return new Command("import")
    .description("Take recordings of other systems into the database, and report each of their defects.")
    .argument("<source...>", "folders or files")
    .option("--db <file>", "database to write to", DEFAULT_DB)
    .addOption(
      new Option("--format <name>", "told by looking where not given").choices([
        "androidgen",
        "androidlab",
        "androidcontrol",
      ]),
    )
    .option("--json", "one JSON line for each defect and difference, and one at the end with the counts")
    .addHelpText(
      "after",
      `
Reads traces of the original AndroidGen (record.jsonl with screenshots/), of AndroidLab (traces/trace.jsonl with Screen/
and xml/), and AndroidControl as JSON or JSON lines. What is broken is named by file and line and left out; the rest is
kept. Each recorded reply is read again and compared with the action that was recorded with it. Importing the same
again adds nothing.

Examples:
  $ androidgen import ~/traces
  $ androidgen import androidcontrol.jsonl --db trajectories/people.db --json`,
    )
    .action(async (sources: string[], options: ImportCommandOptions) => {
      const { importInto } = await import("../import/import.ts");
      await importInto(sources, options);
    });
}
