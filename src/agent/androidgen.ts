import type { ActionCodec } from "../action/index.ts";
import { configError } from "../errors.ts";
import type { ChatModel, RecordedCall } from "../llm/index.ts";
import { listing as listScreen, type Screen } from "../screen/index.ts";
import type {
  Agent,
  Decision,
  Experience,
  ExperienceSource,
  Finding,
  Observation,
  PlanItem,
} from "./agent.ts";
import { ask } from "./ask.ts";
import { createAutoCheck } from "./auto-check/auto-check.ts";
import { createExpSearch } from "./exp-search.ts";
import { policyPrompt } from "./prompts/policy.v1.ts";
import { createReflectPlan } from "./reflect-plan/reflect-plan.ts";
import { shownPicture } from "./shown-picture.ts";

/** Rounds of history in a prompt, as in the paper. */
export const defaultHistorySteps = 10;

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
  /** Rounds of history that the model is shown; `defaultHistorySteps` where not given. */
  historySteps?: number;
  /** Whether the policy model is shown the screen's picture, with boxes and numbers, as well; it must be able to see. */
  pictures?: boolean;
}

/**
 * The agent of AndroidGen (ACL 2025) for one episode. Each decision looks up examples (ExpSearch), brings
 * the plan up to date (ReflectPlan), asks the policy for one line of code, and checks it (AutoCheck).
 * A refused reply costs its step; the reason stands in the next prompt's history.
 *
 * Throws what the model throws. Asked again about the same screen, it goes on with the plan it had by then: what was
 * paid for is neither asked for twice nor left out of the records.
 */
export function createAndroidGenAgent(options: AndroidGenAgentOptions): Agent {
  const {
    model,
    codec,
    modules,
    experiences,
    historySteps = defaultHistorySteps,
    pictures = false,
  } = options;
  if (codec.name !== "androidgen-code") {
    throw configError(
      "AGENT_CODEC_UNKNOWN",
      `The prompt ${policyPrompt.id} does not teach the grammar "${codec.name}". Use the codec androidgen-code.`,
    );
  }
  const check = modules.autoCheck ? createAutoCheck(options.rulesOff) : undefined;
  const expSearch = modules.expSearch && experiences !== undefined ? createExpSearch(experiences) : undefined;
  const reflectPlan = modules.reflectPlan ? createReflectPlan(model, historySteps) : undefined;

  let unfinished: Round | undefined;

  return {
    async decide(told) {
      const finding = check?.after(told);
      const observation = finding === undefined ? told : withFinding(told, finding);
      const { screen } = observation;
      const round: Round = unfinished?.screen === screen ? unfinished : { screen, calls: [] };
      unfinished = round;
      const { calls } = round;
      const listing = listScreen(screen);
      const examples = (await expSearch?.find(observation)) ?? [];
      round.plan ??= (await reflectPlan?.next(observation, listing, calls)) ?? [];
      const { plan } = round;
      const image = pictures ? await shownPicture(screen) : undefined;
      const response = await ask(
        model,
        {
          role: "policy",
          prompt: policyPrompt,
          input: policyInput(observation, {
            plan,
            experiences: examples,
            listing,
            historySteps,
            marked: image !== undefined,
          }),
          image,
        },
        observation,
        calls,
      );
      unfinished = undefined;
      return {
        ...read(response, observation, plan),
        ...(finding === undefined ? {} : { finding }),
        response,
        plan,
        experiences: ids(examples),
        calls,
      };
    },
  };

  function read(
    response: string,
    observation: Observation,
    plan: PlanItem[],
  ): Pick<Decision, "action" | "refusal" | "thought"> {
    const parsed = codec.parse(response, observation.screen);
    const refusal = check?.before(parsed, observation, plan);
    if (refusal !== undefined) return { refusal, thought: parsed.ok ? parsed.thought : response };
    return parsed.ok ? { action: parsed.action, thought: parsed.thought } : { thought: response };
  }
}

/** Tells the model at once what its screen shows of the last step. */
function withFinding(observation: Observation, finding: Finding): Observation {
  const last = observation.history.at(-1)!;
  return { ...observation, history: [...observation.history.slice(0, -1), { ...last, finding }] };
}

/** What a round has come to so far. */
interface Round {
  screen: Screen;
  calls: RecordedCall[];
  plan?: PlanItem[];
}

function policyInput(
  { goal, history, screen, apps, stepsLeft }: Observation,
  rest: {
    plan: PlanItem[];
    experiences: Experience[];
    listing: string;
    historySteps: number;
    marked: boolean;
  },
) {
  return { goal, history, screen, apps, stepsLeft, ...rest };
}

function ids(examples: readonly Experience[]): string[] {
  return examples.map((example) => example.episodeId);
}
