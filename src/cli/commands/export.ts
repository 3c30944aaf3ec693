import { Command, InvalidArgumentError, Option } from "commander";
import { collect, DEFAULT_DB, share, wholeNumber } from "../options.ts";

export type ExportFormat = "llamafactory" | "openai";

export interface ExportCommandOptions {
  db: string;
  run?: string[];
  out: string;
  format: ExportFormat[];
  images?: boolean;
  val: number;
  seed: number;
  json?: boolean;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("Write the kept trajectories as a dataset for supervised fine-tuning.")
    .option("--db <file>", "database of the run", DEFAULT_DB)
    .option("--run <id>", "run to export, may be given several times; the newest where not given", collect)
    .requiredOption("--out <folder>", "folder of the dataset: new, or empty")
    .addOption(
      new Option("--format <names>", "llamafactory, openai, or both with a comma")
        .argParser(formats)
        .default(["llamafactory", "openai"], "llamafactory,openai"),
    )
    .option(
      "--images",
      "put the picture of the screen, with boxes and numbers, into each sample of an action",
    )
    .option("--val <share>", "share of the templates held out for validation, 0 to 1", share, 0.1)
    .option("--seed <n>", "seed of the split", wholeNumber, 1)
    .option("--json", "one JSON line: the manifest")
    .addHelpText(
      "after",
      `
Examples:
  $ androidgen export --out trajectories/dataset
  $ androidgen export --run 20261122-233055-3f9a --out trajectories/dataset --format llamafactory --images`,
    )
    .action(async (options: ExportCommandOptions) => {
      const { exportRuns } = await import("../export/export.ts");
      await exportRuns(options);
    });
}

function formats(text: string): ExportFormat[] {
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (name !== "llamafactory" && name !== "openai") {
      throw new InvalidArgumentError(`${name} is not a format; known: llamafactory, openai`);
    }
  }
  return [...new Set(names as ExportFormat[])];
}
