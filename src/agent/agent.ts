import type { Action, OfferedApi } from "../action/index.ts";
import type { RecordedCall } from "../llm/index.ts";
import type { Screen } from "../screen/index.ts";

/** One finished step, as the agent remembers it. */
export interface PastStep {
  number: number;
  screen: Screen;
  /** The model's whole reply. */
  response: string;
  /** Absent where AutoCheck stopped the reply. */
  action?: Action;
  /** Why AutoCheck, or the device, refused. */
  refusal?: Refusal;
  /** What an app interface gave (`callApi`); written by others, like a screen. */
  output?: string;
  /** What the next screen showed to be wrong with the action, though the device took it. */
  finding?: Finding;
}

export interface Refusal {
  /**
   * The AutoCheck rule, such as `element-on-screen`; `device` or `api` where the device or an app interface refused;
   * `no-action` where the reply holds none and no rule said why.
   */
  rule: string;
  reason: string;
}

/** AutoCheck's second look, after an action: that it did not do what it should have. */
export interface Finding {
  /** The rule, such as `screen-changed` or `text-in-field`. */
  rule: string;
  reason: string;
}

export interface PlanItem {
  text: string;
  done: boolean;
}

/** A stored success, or a part of one, shown to the model as an example. */
export interface Experience {
  episodeId: string;
  templateId: string;
  kind: ExperienceKind;
  goal: string;
  /** Plan and code lines of each step, ready to be shown. */
  text: string;
  /** To the goal that was asked for: 0 is nothing in common, 1 the same. */
  similarity: number;
}

/** A whole episode, or the steps of one that met one condition of its goal. */
export type ExperienceKind = "trajectory" | "sub-goal";

export interface ExperienceQuery {
  goal: string;
  limit: number;
  /** Only what is at least this similar, 0 to 1. */
  floor: number;
  kinds: readonly ExperienceKind[];
  /** Only what was done in one of these apps (package names), where given. */
  apps?: readonly string[];
  /** Only what began on a screen of this package and activity, where given. */
  state?: { package: string; activity: string };
  /** Never an example of these templates. */
  excludeTemplates: readonly string[];
  /** Never an example that comes from a run of a benchmark. */
  excludeBenchmarks: boolean;
  signal?: AbortSignal;
}

/** Where ExpSearch looks; the store provides one by words and one by vectors. */
export interface ExperienceSource {
  /** The best first. What is equally similar comes in the order it was stored. */
  search(query: ExperienceQuery): Promise<Experience[]>;
}

/** What the agent is told before each step. */
export interface Observation {
  goal: string;
  /** Kept out of ExpSearch, so that an agent is never shown its own task. */
  templateId?: string;
  screen: Screen;
  /** Oldest first. */
  history: readonly PastStep[];
  /** Names of apps that can be opened. */
  apps: readonly string[];
  /** Package of each of them, by its name in `apps`, where known. */
  packages?: Readonly<Record<string, string>>;
  /** App interfaces that may be called; none where absent. */
  apis?: readonly OfferedApi[];
  stepsLeft: number;
  /**
   * What this round has asked of models, and what it cost: the agent adds each call as it ends, so that none is lost
   * where the round breaks off.
   */
  calls: RecordedCall[];
  /** Sampling seed of this episode. */
  seed?: number;
  signal?: AbortSignal;
}

/** What the agent made of it. */
export interface Decision {
  /** Absent where AutoCheck refused. */
  action?: Action;
  refusal?: Refusal;
  /** What this screen shows to be wrong with the action before; it belongs to the step before. */
  finding?: Finding;
  /** The model's analysis, without the code. */
  thought: string;
  response: string;
  plan: PlanItem[];
  /** Experiences that were shown, by episode id. */
  experiences: string[];
}

/** Carries out one goal: made anew for each episode, and never given a device. */
export interface Agent {
  decide(observation: Observation): Promise<Decision>;
}
