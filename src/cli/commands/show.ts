import { Command } from "commander";
import { DEFAULT_DB } from "../options.ts";

export function showCommand(): Command {
  return new Command("show")
    .description("Show what is recorded: all runs, the episodes of one, or one episode step by step.")
    .argument("[id]", "id of a run or an episode")
    .option("--db <file>", "database to read", DEFAULT_DB)
    .option("--json", "JSON lines")
    .addHelpText(
      "after",
      `
Examples:
  $ androidgen show                                   the runs of a database
  $ androidgen show 20261122-233055-3f9a              one run: its episodes and what became of them
  $ androidgen show 20261122-233055-3f9a-7-1          one episode: every screen, thought and action`,
    )
    .action(async (id: string | undefined, options: { db: string; json?: boolean }) => {
      const { show } = await import("../show/show.ts");
      await show(id, options);
    });
}
