import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_DB, positiveInt } from "../options.ts";

export interface PromptOptions {
  db: string;
  role?: "policy" | "planner" | "critic";
  pictures?: string;
  json?: boolean;
}

/** A step by its number, or the calls that judged the whole episode. */
export type PromptStep = number | "judge";

export function promptCommand(): Command {
  return new Command("prompt")
    .description("Print what the model saw in a step, and what it replied, as recorded.")
    .argument("<episode>", "id of an episode, as show RUN lists them")
    .argument("<step>", "number of a step, or judge for the calls that judged the whole episode", promptStep)
    .option("--db <file>", "database to read", DEFAULT_DB)
    .addOption(
      new Option("--role <role>", "only calls of this role").choices(["policy", "planner", "critic"]),
    )
    .option("--pictures <folder>", "write the pictures that were shown into this folder, named by their hash")
    .option("--json", "JSON lines: one for each call")
    .addHelpText(
      "after",
      `
Nothing is rendered anew: these are the recorded messages. What a model thought stands apart from its reply. On a
terminal, control characters are replaced; --json has them as they were.

Examples:
  $ androidgen prompt 20261122-233055-3f9a-7-1 3                     every call of step 3
  $ androidgen prompt 20261122-233055-3f9a-7-1 1 --role planner      how the plan was asked for
  $ androidgen prompt 20261122-233055-3f9a-7-1 3 --pictures seen     with the pictures as files
  $ androidgen prompt 20261122-233055-3f9a-7-1 judge --json          StepCritic's calls`,
    )
    .action(async (episode: string, step: PromptStep, options: PromptOptions) => {
      const { showPrompts } = await import("../prompt/prompt.ts");
      await showPrompts(episode, step, options);
    });
}

function promptStep(text: string): PromptStep {
  if (text === "judge") return text;
  try {
    return positiveInt(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InvalidArgumentError("a number from 1 on is needed, or judge");
  }
}
