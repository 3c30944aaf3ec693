import type { ChatMessage, ChatModel, RecordedCall } from "../../llm/index.ts";
import type { Observation, PlanItem } from "../agent.ts";
import { ask } from "../ask.ts";
import { planPrompt } from "../prompts/plan.v1.ts";
import type { Prompt } from "../prompts/prompt.ts";
import { reflectPrompt } from "../prompts/reflect.v1.ts";
import { parsePlan } from "./plan-text.ts";

/** Calls for one plan; the original retries without end, which a stubborn model turns into a bill. */
const maxAttempts = 3;

export interface ReflectPlan {
  /**
   * The plan for this round: made anew where there is none yet, else rewritten. While the model sends
   * nothing readable, the last good plan stays; it is empty before the first.
   */
  next(observation: Observation, listing: string, calls: RecordedCall[]): Promise<PlanItem[]>;
}

/** AndroidGen's ReflectPlan for one episode. */
export function createReflectPlan(model: ChatModel, historySteps: number): ReflectPlan {
  let plan: PlanItem[] = [];
  return {
    async next(observation, listing, calls) {
      const { goal, screen, apps, history } = observation;
      const better =
        plan.length === 0
          ? await askForPlan(model, planPrompt, { goal, screen, listing, apps }, observation, calls)
          : await askForPlan(
              model,
              reflectPrompt,
              { goal, plan, history, historySteps, screen, listing },
              observation,
              calls,
            );
      plan = better ?? plan;
      return plan;
    },
  };
}

async function askForPlan<Input>(
  model: ChatModel,
  prompt: Prompt<Input>,
  input: Input,
  observation: Observation,
  calls: RecordedCall[],
): Promise<PlanItem[] | undefined> {
  let followUp: ChatMessage[] = [];
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const reply = await ask(model, { role: "planner", prompt, input, followUp }, observation, calls);
    const parsed = parsePlan(reply);
    if (parsed.ok) return parsed.plan;
    followUp = [
      { role: "assistant", content: reply },
      {
        role: "user",
        content: `That plan cannot be read: ${parsed.reason}. Write it again in the form asked for.`,
      },
    ];
  }
  return undefined;
}
