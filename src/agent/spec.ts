import { defaultExpSearch, type ExpSearchSettings } from "./exp-search/settings.ts";
import { type AgentModules, defaultHistorySteps, defaultHistoryTokens } from "./androidgen.ts";

/**
 * - `androidgen`: AndroidGen's agent, with ReflectPlan, AutoCheck and ExpSearch.
 * - `text`: one prompt and one call for each step, from the list of elements.
 * - `picture`: the same from the screenshot alone, in the grammar that a family of models is trained on.
 * - `human`: a person at the terminal.
 * - `replay`: what was done in a recorded run, done again.
 */
export type AgentKind = "androidgen" | "text" | "picture" | "human" | "replay";

/** What the policy is shown of a screen: its list of elements, its picture, or the two. */
export type ObservationKind = "text" | "picture" | "both";

/** Which agent a run has: plain data, stored with the run, so that a resumed run goes on with the same one. */
export interface AgentSpec {
  kind: AgentKind;
  observe: ObservationKind;
  modules: AgentModules;
  /** AutoCheck's rules that are left out, by name. */
  rulesOff: string[];
  /** What ExpSearch shows, and what it never shows. */
  expSearch: ExpSearchSettings;
  /** Name of the grammar in which the model writes its actions. */
  codec: string;
  /** Rounds of history that a prompt tells in the model's own words, at most. */
  historySteps: number;
  /** Tokens of the whole history in a prompt, at most. */
  historyTokens: number;
  /** Permissions of the app interfaces that the agent may call. */
  apis: string[];
  /** The run whose actions are done again; only of `replay`. */
  replayOf?: string;
}

/** The part of a suite that an agent's settings depend on. */
export interface AgentSuite {
  benchmark: boolean;
  templates: readonly { id: string }[];
}

/** An agent of this kind as it is where nothing else is said; that of a benchmark is shown no benchmark's examples. */
export function defaultAgentSpec(
  kind: AgentKind,
  suite: AgentSuite = { benchmark: false, templates: [] },
): AgentSpec {
  const whole = kind === "androidgen";
  return {
    kind,
    observe: kind === "picture" ? "picture" : "text",
    modules: { expSearch: whole, reflectPlan: whole, autoCheck: whole },
    rulesOff: [],
    expSearch: defaultExpSearch(suite),
    codec: kind === "picture" ? "qwen2.5-vl" : "androidgen-code",
    historySteps: defaultHistorySteps,
    historyTokens: defaultHistoryTokens,
    apis: [],
  };
}

/** The agent that a run was planned with, as its settings tell. */
export function agentSpecOf(settings: Readonly<Record<string, unknown>>): AgentSpec {
  const { agent, pictures } = settings;
  if (typeof agent === "object" && agent !== null && "kind" in agent) {
    const stored = agent as Pick<AgentSpec, "kind"> & Partial<AgentSpec>;
    return { ...defaultAgentSpec(stored.kind), ...stored };
  }
  // Runs of before there was a choice: AndroidGen's agent, with pictures or without.
  return { ...defaultAgentSpec("androidgen"), observe: pictures === true ? "both" : "text" };
}
