import { type ChatModel, plusSpending, type Spending } from "../llm/index.ts";
import type { NewVerdict, Store, StoredVerdict } from "../store/index.ts";
import { type Asker, createAsker } from "./ask.ts";
import { stepCriticPrompt } from "./prompts/step-critic.v2.ts";
import { strictVotePrompt } from "./prompts/strict-vote.v1.ts";
import { labelSteps } from "./step-critic.ts";
import { evidenceOf } from "./strict/evidence.ts";
import { judgeStrictly, type StrictSettings } from "./strict/strict-critic.ts";
import type { Trajectory } from "./trajectory.ts";

/** Who judges, and how. */
export interface Critic {
  model: ChatModel;
  /** The model's name as it is asked for; another name judges anew. */
  name: string;
  /** Judges strictly where given; else one call labels the steps. */
  strict?: Partial<StrictSettings>;
}

/** What a verdict is worth its money for: where all this is equal, the episode is not judged again. */
interface Asked {
  model: string;
  prompt: string;
  votes?: number;
  evidenceTokens?: number;
}

const defaults: StrictSettings = { votes: 3, evidenceTokens: 24_000 };

/** What the versions of strict verdicts begin with. */
const strictPrefix = "strict-critic.";

/** `unreadable`: the model never sent a reply in the form asked for, and no verdict was recorded. */
export type Criticism = "success" | "failure" | "unreadable";

/**
 * Judges a trajectory and records the calls, the verdict (of source `critic`) and the step labels, unless the same
 * model judged it before in the same way. What it takes is added to `total`, also where it fails.
 *
 * Throws what the model throws; calls that were answered by then are recorded, and no verdict is.
 */
export async function criticise(
  store: Store,
  critic: Critic,
  trajectory: Trajectory,
  total: Spending,
): Promise<Criticism> {
  const earlier = earlierVerdict(trajectory.verdicts, critic);
  if (earlier !== undefined) return earlier.success ? "success" : "failure";
  const asker = createAsker(store, critic.model, trajectory.episode.id);
  try {
    const judge = critic.strict === undefined ? judgePlainly : judgeByVotes;
    const judged = await judge(store, asker, trajectory, critic);
    if (judged === undefined) return "unreadable";
    const asked = askedOf(critic);
    await store.verdicts.record({
      ...judged,
      episodeId: trajectory.episode.id,
      source: "critic",
      version: versionOf(critic),
      model: [...asker.models].join(" and "),
      prompt: asked.prompt,
      detail: { asked, ...judged.detail, prompts: [...asker.prompts], spent: asker.spent },
    });
    return judged.success ? "success" : "failure";
  } finally {
    Object.assign(total, plusSpending(total, asker.spent));
  }
}

type Judged = Pick<NewVerdict, "success" | "detail" | "labels">;

async function judgePlainly(store: Store, asker: Asker, trajectory: Trajectory): Promise<Judged | undefined> {
  const labels = await labelSteps(store, asker, trajectory);
  return labels && { success: labels.every(({ step }) => step !== -1), detail: {}, labels };
}

async function judgeByVotes(
  store: Store,
  asker: Asker,
  trajectory: Trajectory,
  { strict }: Critic,
): Promise<Judged | undefined> {
  const evidence = await evidenceOf(store, trajectory);
  const settings = { ...defaults, ...strict };
  const judgement = await judgeStrictly(asker, evidence, settings, trajectory.episode.seed);
  if (judgement === undefined) return undefined;
  const { success, labels, ...detail } = judgement;
  return { success, labels, detail: { ...detail, votesAsked: detail.votes.length } };
}

function versionOf({ strict }: Critic): string {
  return strict === undefined ? stepCriticPrompt.id : `${strictPrefix}v1`;
}

function askedOf({ name, strict }: Critic): Asked {
  if (strict === undefined) return { model: name, prompt: stepCriticPrompt.id };
  return { model: name, prompt: strictVotePrompt.id, ...defaults, ...strict };
}

function earlierVerdict(verdicts: readonly StoredVerdict[], critic: Critic): StoredVerdict | undefined {
  const asked = JSON.stringify(askedOf(critic));
  return verdicts.find(
    (verdict) =>
      verdict.source === "critic" &&
      verdict.version === versionOf(critic) &&
      JSON.stringify(verdict.detail["asked"]) === asked,
  );
}

/** The critic's verdict that counts most: a strict one before a plain one, of these the newest. */
export function criticVerdict(verdicts: readonly StoredVerdict[]): StoredVerdict | undefined {
  const ofCritic = verdicts.filter(({ source }) => source === "critic");
  return ofCritic.findLast(({ version }) => version.startsWith(strictPrefix)) ?? ofCritic.at(-1);
}
