import type { ActionCodec } from "../action/index.ts";
import { configError } from "../errors.ts";
import type { ChatModel } from "../llm/index.ts";
import type { Screen } from "../screen/index.ts";
import type {
  Agent,
  Decision,
  Experience,
  ExperienceSource,
  Finding,
  Observation,
  PlanItem,
  Refusal,
} from "./agent.ts";
import { ask } from "./ask.ts";
import { type AutoCheck, createAutoCheck } from "./auto-check/auto-check.ts";
import { createExpSearch } from "./exp-search/exp-search.ts";
import { defaultExpSearch, type ExpSearchSettings } from "./exp-search/settings.ts";
import { leastHistoryTokens } from "./history/tell-history.ts";
import { policyPromptFor } from "./prompts/policy-for.ts";
import { policyPrompt } from "./prompts/policy.v2.ts";
import { findCircle } from "./reflect-plan/circle.ts";
import { createReflectPlan } from "./reflect-plan/reflect-plan.ts";
import { shownPicture } from "./shown-picture.ts";

/** Rounds of history in a prompt, as in the paper. */
export const defaultHistorySteps = 10;
/** Tokens of the whole history in a prompt: ten replies of usual length, and a line each for as many older rounds. */
export const defaultHistoryTokens = 4000;

/** AndroidGen's modules, each of which can be left out, as in the paper's ablation. */
export interface AgentModules {
  expSearch: boolean;
  reflectPlan: boolean;
  autoCheck: boolean;
}

export interface AndroidGenAgentOptions {
  model: ChatModel;
  /** Must be `androidGenCode`, whose grammar the policy prompt teaches. */
  codec: ActionCodec;
  modules: AgentModules;
  /** AutoCheck's rules that are left out, by name. */
  rulesOff?: readonly string[];
  /** Needed by `expSearch`; without one there are no examples. */
  experiences?: ExperienceSource;
  /** What ExpSearch shows and never shows; as in a run of no benchmark where not given. */
  expSearch?: ExpSearchSettings;
  /** Rounds of history told in the model's own words; `defaultHistorySteps` where not given. */
  historySteps?: number;
  /** Bound of the whole history, at least `leastHistoryTokens`; `defaultHistoryTokens` where not given. */
  historyTokens?: number;
  /**
   * What the policy model is shown of a screen: the list of its elements, its picture with boxes and numbers, or both;
   * the list where not given. For a picture it must be able to see.
   */
  observe?: "text" | "picture" | "both";
}

/**
 * The agent of AndroidGen (ACL 2025) for one episode. Each decision looks up examples (ExpSearch), brings
 * the plan up to date (ReflectPlan), asks the policy for one line of code, and checks it (AutoCheck).
 * A refused reply costs its step; the reason stands in the next prompt's history.
 *
 * Throws what the model throws. Asked again about the same screen, it goes on with the plan it had by then: what was
 * paid for is not asked for twice.
 */
export function createAndroidGenAgent(options: AndroidGenAgentOptions): Agent {
  const { model, codec, modules, experiences, observe = "text" } = options;
  const bounds = {
    steps: options.historySteps ?? defaultHistorySteps,
    tokens: options.historyTokens ?? defaultHistoryTokens,
  };
  if (codec.name !== "androidgen-code") {
    throw configError(
      "AGENT_CODEC_UNKNOWN",
      `The prompt ${policyPrompt.id} does not teach the grammar "${codec.name}". Use the codec androidgen-code.`,
    );
  }
  if (bounds.tokens < leastHistoryTokens) {
    throw configError(
      "AGENT_HISTORY_SHORT",
      `A history of ${bounds.tokens} tokens cannot tell the last round. Give it ${leastHistoryTokens} or more.`,
    );
  }
  const examplesAre = options.expSearch ?? defaultExpSearch({ benchmark: false, templates: [] });
  const expSearch =
    modules.expSearch && experiences !== undefined ? createExpSearch(experiences, examplesAre) : undefined;
  const reflectPlan = modules.reflectPlan ? createReflectPlan(model, bounds) : undefined;
  const check = modules.autoCheck ? createAutoCheck(options.rulesOff) : undefined;

  let unfinished: Round | undefined;

  return {
    async decide(told) {
      const { screen } = told;
      const round: Round = unfinished?.screen === screen ? unfinished : { screen };
      unfinished = round;
      const finding = check?.after(told);
      const observation = finding === undefined ? told : withFinding(told, finding);
      const { goal, history, apps, apis = [], stepsLeft } = observation;
      // It is marked while the planner thinks, and may fail before anybody waits for it.
      const picture = observe === "text" ? undefined : shownPicture(screen);
      picture?.catch(() => {});
      const circle = reflectPlan && findCircle(history, screen);
      round.plan ??= (await reflectPlan?.next(observation, circle)) ?? [];
      const { plan } = round;
      const examples = (await expSearch?.find(observation, plan)) ?? [];
      const image = await picture;
      const response = await ask(
        model,
        {
          role: "policy",
          prompt: policyPromptFor(observe, image),
          input: {
            goal,
            plan,
            experiences: examples,
            history,
            historySteps: bounds.steps,
            historyTokens: bounds.tokens,
            screen,
            marked: image !== undefined,
            apps,
            apis,
            stepsLeft,
            circle,
          },
          image,
          hard: circle !== undefined || isHard(history),
        },
        observation,
      );
      unfinished = undefined;
      return {
        ...read(codec, check, response, observation, plan),
        ...(finding === undefined ? {} : { finding }),
        response,
        plan,
        experiences: ids(examples),
      };
    },
  };
}

/** What a round has come to so far. */
interface Round {
  screen: Screen;
  plan?: PlanItem[];
}

/** The first round is worth thinking about, and every one after something went wrong. */
function isHard(history: Observation["history"]): boolean {
  const last = history.at(-1);
  return last === undefined || last.refusal !== undefined || last.finding !== undefined;
}

function withFinding(observation: Observation, finding: Finding): Observation {
  const { history } = observation;
  return { ...observation, history: [...history.slice(0, -1), { ...history.at(-1)!, finding }] };
}

function read(
  codec: ActionCodec,
  check: AutoCheck | undefined,
  response: string,
  observation: Observation,
  plan: readonly PlanItem[],
): Pick<Decision, "action" | "refusal" | "thought"> {
  const parsed = codec.parse(response, observation.screen);
  const refusal = check === undefined ? unreadable(parsed) : check.before(parsed, observation, plan);
  const thought = parsed.ok ? parsed.thought : response;
  if (refusal !== undefined) return { refusal, thought };
  return parsed.ok ? { action: parsed.action, thought } : { thought };
}

/** Also without AutoCheck, a reply that holds no action cannot be carried out. */
function unreadable(parsed: ReturnType<ActionCodec["parse"]>): Refusal | undefined {
  return parsed.ok ? undefined : { rule: "grammar", reason: parsed.reason };
}

function ids(examples: readonly Experience[]): string[] {
  return examples.map((example) => example.episodeId);
}
