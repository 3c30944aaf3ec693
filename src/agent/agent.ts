import type { Action } from "../action/index.ts";
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
}

export interface Refusal {
  /** The AutoCheck rule, such as `element-on-screen`; `device` where the device refused. */
  rule: string;
  reason: string;
}

export interface PlanItem {
  text: string;
  done: boolean;
}

/** A stored success, shown to the model as an example. */
export interface Experience {
  episodeId: string;
  templateId: string;
  goal: string;
  /** Plan and code lines of each step, ready to be shown. */
  text: string;
}

/** Where ExpSearch looks; the store provides one. */
export interface ExperienceSource {
  /** The best first. Never an episode of `excludeTemplate`. */
  search(query: { goal: string; limit: number; excludeTemplate?: string }): Promise<Experience[]>;
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
  stepsLeft: number;
  /** Sampling seed of this episode. */
  seed?: number;
  signal?: AbortSignal;
}

/** What the agent made of it. */
export interface Decision {
  /** Absent where AutoCheck refused. */
  action?: Action;
  refusal?: Refusal;
  /** The model's analysis, without the code. */
  thought: string;
  response: string;
  plan: PlanItem[];
  /** Experiences that were shown, by episode id. */
  experiences: string[];
  calls: RecordedCall[];
}

/** Carries out one goal: made anew for each episode, and never given a device. */
export interface Agent {
  decide(observation: Observation): Promise<Decision>;
}
