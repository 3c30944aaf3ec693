import { type Command, Option } from "commander";
import type { AgentKind, ExamplePlace, ObservationKind } from "../../agent/index.ts";
import { count, positiveInt, share } from "../options.ts";

// Named here once more, so that `--help` need not load what agents are made of.
const kinds: readonly AgentKind[] = ["androidgen", "text", "picture", "human", "replay"];
const observations: readonly ObservationKind[] = ["text", "picture", "both"];
const places: readonly ExamplePlace[] = ["anywhere", "app", "screen"];

/** AndroidGen's modules, as the command line names them. */
const moduleNames = ["exp-search", "reflect-plan", "auto-check"] as const;
export type ModuleName = (typeof moduleNames)[number];

/** Which agent is used, as the options say it; what is absent is as it is by default. */
export interface AgentOptions {
  agent?: AgentKind;
  replay?: string;
  observe?: ObservationKind;
  without?: ModuleName[];
  /** `true` where `--no-rule` was not given. */
  rule: true | string[];
  codec?: string;
  historySteps?: number;
  historyTokens?: number;
  allowApi?: string[];
  apis?: string;
  examples?: number;
  partExamples?: number;
  examplesIn?: ExamplePlace;
  exampleFloor?: number;
  examplesOfSameTemplate?: boolean;
  embeddings?: string;
}

export function addAgentChoice(command: Command): Command {
  return command
    .addOption(new Option("--agent <kind>", "who carries out the tasks (default: androidgen)").choices(kinds))
    .option(
      "--replay <run>",
      "do again what was done in a recorded run of the same database; no suite is named",
    )
    .addOption(
      new Option(
        "--observe <what>",
        "what androidgen is shown of a screen: text, picture, or both (default: text)",
      ).choices(observations),
    )
    .addOption(
      new Option("--without <module...>", "modules of androidgen that are left out").choices(moduleNames),
    )
    .option("--no-rule <name...>", "AutoCheck's rules that are left out")
    .option("--codec <name>", "grammar in which the agents text and picture write actions (docs/agent.md)")
    .option("--history-steps <n>", "rounds of history told in full, at most (default: 10)", positiveInt)
    .option("--history-tokens <n>", "tokens of the history in a prompt, at most (default: 4000)", positiveInt)
    .option(
      "--allow-api <permission...>",
      "app interfaces that the agent may call (docs/apis.md); all allows every one",
    )
    .option("--apis <folder>", "declarations of your own, beside those that come with androidgen")
    .option("--examples <n>", "whole trajectories that ExpSearch shows, at most (default: 1)", count)
    .option("--part-examples <n>", "parts of others that it shows beside them, at most (default: 1)", count)
    .addOption(
      new Option(
        "--examples-in <place>",
        "where whole trajectories must come from (default: anywhere)",
      ).choices(places),
    )
    .option("--example-floor <share>", "how like the goal examples must be, 0 to 1 (default: 0.3)", share)
    .option(
      "--examples-of-same-template",
      "also examples of a task's own template, which show the agent its own answer",
    )
    .option(
      "--embeddings <file>",
      "embedding model that tells which goals are alike (docs/examples.md); their words tell without one",
    );
}
