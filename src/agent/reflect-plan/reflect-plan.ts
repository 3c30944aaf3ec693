import type { ChatMessage, ChatModel } from "../../llm/index.ts";
import type { Observation, PlanItem } from "../agent.ts";
import { ask, type Question } from "../ask.ts";
import type { HistoryBounds } from "../history/tell-history.ts";
import { planPrompt } from "../prompts/plan.v2.ts";
import { reflectPrompt } from "../prompts/reflect.v2.ts";
import { strategyPrompt } from "../prompts/strategy.v1.ts";
import { cutMiddle } from "../text.ts";
import type { Circle } from "./circle.ts";
import { parsePlan } from "./plan-text.ts";

/** Calls for one plan; the original retries without end, which a stubborn model turns into a bill. */
const maxAttempts = 3;
/** Tokens of an unreadable reply that the model is shown again. */
const shownReply = 500;

export interface ReflectPlan {
  /**
   * The plan for this round: made anew where there is none yet, another way where the agent is stuck, else brought up
   * to date. While the model sends nothing readable, the last good plan stays; it is empty before the first. The calls
   * tell of that: three of them, and a plan as before.
   */
  next(observation: Observation, circle: Circle | undefined): Promise<PlanItem[]>;
}

/** AndroidGen's ReflectPlan for one episode. */
export function createReflectPlan(model: ChatModel, bounds: HistoryBounds): ReflectPlan {
  let plan: PlanItem[] = [];
  const past = { historySteps: bounds.steps, historyTokens: bounds.tokens };
  return {
    async next(observation, circle) {
      const { goal, screen, apps, apis = [], history } = observation;
      const askFor = <Input>(question: Pick<Question<Input>, "prompt" | "input" | "hard">) =>
        askForPlan(model, question, observation);
      const better = await (plan.length === 0
        ? askFor({ prompt: planPrompt, input: { goal, screen, apps, apis }, hard: true })
        : circle === undefined
          ? askFor({ prompt: reflectPrompt, input: { goal, plan, history, ...past, screen }, hard: false })
          : askFor({
              prompt: strategyPrompt,
              input: { goal, plan, apps, apis, history, ...past, screen, circle },
              hard: true,
            }));
      plan = better ?? plan;
      return plan;
    },
  };
}

async function askForPlan<Input>(
  model: ChatModel,
  question: Pick<Question<Input>, "prompt" | "input" | "hard">,
  observation: Observation,
): Promise<PlanItem[] | undefined> {
  let followUp: ChatMessage[] = [];
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const reply = await ask(model, { role: "planner", ...question, followUp }, observation);
    const parsed = parsePlan(reply);
    if (parsed.ok) return parsed.plan;
    followUp = [
      { role: "assistant", content: cutMiddle(reply, shownReply) },
      {
        role: "user",
        content: `That plan cannot be read: ${parsed.reason}. Write it again in the form asked for.`,
      },
    ];
  }
  return undefined;
}
