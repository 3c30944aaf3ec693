import { isDeepStrictEqual } from "node:util";
import {
  type AgentKind,
  type AgentModules,
  type AgentSpec,
  type AgentSuite,
  createAgent,
  defaultAgentSpec,
  type ExpSearchSettings,
} from "../../agent/index.ts";
import { configError } from "../../errors.ts";
import type { AgentOptions, ModuleName } from "./options.ts";

/** What a stored agent consists of. Files of this host are no part of it. */
type Choice = Exclude<keyof AgentOptions, "agent" | "apis" | "embeddings">;

/** How each choice is written, and the agents that it says something to. */
const choices: Record<Choice, { flag: string; agents: readonly AgentKind[] }> = {
  replay: { flag: "--replay", agents: ["replay"] },
  observe: { flag: "--observe", agents: ["androidgen"] },
  without: { flag: "--without", agents: ["androidgen"] },
  rule: { flag: "--no-rule", agents: ["androidgen"] },
  codec: { flag: "--codec", agents: ["text", "picture"] },
  historySteps: { flag: "--history-steps", agents: ["androidgen", "text", "picture"] },
  historyTokens: { flag: "--history-tokens", agents: ["androidgen", "text", "picture"] },
  allowApi: { flag: "--allow-api", agents: ["androidgen", "text", "replay"] },
  examples: { flag: "--examples", agents: ["androidgen"] },
  partExamples: { flag: "--part-examples", agents: ["androidgen"] },
  examplesIn: { flag: "--examples-in", agents: ["androidgen"] },
  exampleFloor: { flag: "--example-floor", agents: ["androidgen"] },
  examplesOfSameTemplate: { flag: "--examples-of-same-template", agents: ["androidgen"] },
};

const moduleKeys: Record<ModuleName, keyof AgentModules> = {
  "exp-search": "expSearch",
  "reflect-plan": "reflectPlan",
  "auto-check": "autoCheck",
};

/** The agent that the options name, for a suite. Throws `AGENT_OPTIONS` (class `config`) where they contradict each other. */
export function chosenAgent(options: AgentOptions, suite?: AgentSuite): AgentSpec {
  const kind = options.agent ?? (options.replay === undefined ? "androidgen" : "replay");
  for (const choice of given(options)) {
    const { flag, agents } = choices[choice];
    if (!agents.includes(kind)) {
      throw configError("AGENT_OPTIONS", `${flag} is for --agent ${agents.join(" or ")}, not for ${kind}`);
    }
  }
  if (kind === "replay" && options.replay === undefined) {
    throw configError("AGENT_OPTIONS", "--agent replay needs the recorded run: give --replay RUN");
  }
  const spec = chosenFrom(defaultAgentSpec(kind, suite), options);
  if (options.apis !== undefined && spec.apis.length === 0) {
    throw configError("AGENT_OPTIONS", "--apis only declares; name what the agent may call with --allow-api");
  }
  if (options.embeddings !== undefined && !spec.modules.expSearch) {
    throw configError("AGENT_OPTIONS", "--embeddings is for ExpSearch, which this agent does not have");
  }
  return spec;
}

/**
 * Makes the agent once, for nothing: what is wrong with a rule, a codec or a bound is thrown here (class `config`), and not
 * in the first episode of a run that is written by then.
 */
export function requireMakeable(spec: AgentSpec): void {
  const nobody = () => Promise.reject(new Error("this agent was made to be looked at, and asks nobody"));
  createAgent(spec, { model: { complete: nobody }, ask: nobody, recording: [] });
}

/**
 * The agent of a run that goes on. It is the one the run was started with: one dataset, one agent. Naming it once more
 * is harmless; throws `RESUME_CHANGES` (class `config`) where the options name another.
 */
export function sameAgent(stored: AgentSpec, options: AgentOptions): AgentSpec {
  const differing = given(options)
    .filter((choice) => {
      const { rule } = options;
      const alone: AgentOptions = { rule: true, [choice]: choice === "rule" ? rule : options[choice] };
      return !isDeepStrictEqual(chosenFrom(stored, alone), stored);
    })
    .map((choice) => choices[choice].flag);
  if (options.agent !== undefined && options.agent !== stored.kind) differing.unshift("--agent");
  if (differing.length === 0) return stored;
  throw configError(
    "RESUME_CHANGES",
    `the run was started with another ${differing.join(", ")}, and goes on with the agent it was started with; ` +
      "leave that out, or start a new run",
  );
}

function given(options: AgentOptions): Choice[] {
  return (Object.keys(choices) as Choice[]).filter((choice) => {
    return choice === "rule" ? options.rule !== true : options[choice] !== undefined;
  });
}

function chosenFrom(spec: AgentSpec, options: AgentOptions): AgentSpec {
  const { replay, observe, without, rule, codec, historySteps, historyTokens, allowApi } = options;
  return {
    ...spec,
    ...(observe === undefined ? {} : { observe }),
    ...(without === undefined ? {} : { modules: modulesWithout(spec.kind, without) }),
    ...(rule === true ? {} : { rulesOff: [...new Set(rule)].sort() }),
    ...(codec === undefined ? {} : { codec }),
    ...(historySteps === undefined ? {} : { historySteps }),
    ...(historyTokens === undefined ? {} : { historyTokens }),
    ...(allowApi === undefined ? {} : { apis: [...new Set(allowApi)].sort() }),
    expSearch: chosenExamples(spec.expSearch, options),
    ...(replay === undefined ? {} : { replayOf: replay }),
  };
}

function chosenExamples(settings: ExpSearchSettings, options: AgentOptions): ExpSearchSettings {
  const { examples, partExamples, examplesIn, exampleFloor, examplesOfSameTemplate } = options;
  return {
    ...settings,
    ...(examples === undefined ? {} : { trajectories: examples }),
    ...(partExamples === undefined ? {} : { subGoals: partExamples }),
    ...(examplesIn === undefined ? {} : { trajectoriesFrom: examplesIn }),
    ...(exampleFloor === undefined ? {} : { floor: exampleFloor }),
    ...(examplesOfSameTemplate === undefined
      ? {}
      : { exclude: { ...settings.exclude, sameTemplate: !examplesOfSameTemplate } }),
  };
}

function modulesWithout(kind: AgentKind, names: readonly ModuleName[]): AgentModules {
  const off = Object.fromEntries(names.map((name) => [moduleKeys[name], false]));
  return { ...defaultAgentSpec(kind).modules, ...off };
}
