import type { ActionCodec } from "../../action/index.ts";
import type { ChatModel } from "../../llm/index.ts";
import type { Screen, ScreenImage } from "../../screen/index.ts";
import type { Agent, Decision } from "../agent.ts";
import { ask } from "../ask.ts";
import type { HistoryBounds } from "../history/tell-history.ts";
import type { Prompt } from "../prompts/prompt.ts";
import type { SingleCallInput } from "../prompts/text.v1.ts";

export interface SingleCallOptions {
  model: ChatModel;
  codec: ActionCodec;
  prompt: Prompt<SingleCallInput>;
  historyBounds: HistoryBounds;
  /** Makes the picture that goes with the prompt; none goes without it. */
  picture?: (screen: Screen & { image: ScreenImage }) => Promise<ScreenImage>;
}

/**
 * An agent that asks once for each step and does what it is told: no plan, no examples, no checks. A reply in which
 * no action can be read costs its step; the reason stands in the next prompt's history. So does a screen without a
 * picture, where the model goes by pictures: it is not asked then.
 * Throws what the model throws.
 */
export function createSingleCallAgent(options: SingleCallOptions): Agent {
  const { model, codec, prompt, historyBounds, picture } = options;
  return {
    async decide(observation): Promise<Decision> {
      const { goal, screen, history, apps, apis = [], stepsLeft } = observation;
      const step = { plan: [], experiences: [] };
      if (picture !== undefined && screen.image === undefined) {
        const reason = "the screen has no picture, and this agent sees nothing else";
        return { ...step, response: "", thought: "", refusal: { rule: "no-picture", reason } };
      }
      const image = await picture?.({ ...screen, image: screen.image! });
      const input = { goal, history, historyBounds, screen, apps, apis, stepsLeft };
      const response = await ask(model, { role: "policy", prompt, input, image }, observation);
      const parsed = codec.parse(response, screen);
      if (!parsed.ok) {
        const refusal = { rule: "grammar", reason: parsed.reason };
        return { ...step, response, thought: response, refusal };
      }
      return { ...step, response, thought: parsed.thought, action: parsed.action };
    },
  };
}
