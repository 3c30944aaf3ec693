import type { ChatMessage, ChatModel, RecordedCall } from "../llm/index.ts";
import type { Store } from "../store/index.ts";
import { parseLabels } from "./labels.ts";
import { stepCriticPrompt } from "./prompts/step-critic.v1.ts";
import type { Trajectory } from "./trajectory.ts";

/** Calls for one trajectory before it is left without a verdict. */
const maxAttempts = 3;

/** `unreadable`: the model never sent an answer in the form asked for, and no verdict was recorded. */
export type Criticism = "success" | "failure" | "unreadable";

/**
 * Asks the model which conditions of the goal each step met, and records the calls, the verdict (of source
 * `critic`; success where every condition was met) and the step labels. Throws what the model throws.
 */
export async function criticise(store: Store, model: ChatModel, trajectory: Trajectory): Promise<Criticism> {
  const { episode, instance, steps } = trajectory;
  if (episode.finalScreenId === undefined) throw new Error(`episode ${episode.id} has no final screen`);
  const finalScreen = await store.screens.load(episode.finalScreenId);
  const messages: ChatMessage[] = [
    { role: "system", content: stepCriticPrompt.system },
    { role: "user", content: stepCriticPrompt.user({ goal: instance.goal, steps, finalScreen }) },
  ];
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const call = await ask(model, messages, episode.seed);
    await store.calls.record(episode.id, [call]);
    const parsed = parseLabels(call.response.text, steps.length);
    if (parsed.ok) {
      const success = parsed.labels.every(({ step }) => step !== -1);
      await store.verdicts.record({
        episodeId: episode.id,
        source: "critic",
        version: stepCriticPrompt.id,
        success,
        detail: { model: call.response.model },
        labels: parsed.labels,
      });
      return success ? "success" : "failure";
    }
    messages.push(
      { role: "assistant", content: call.response.text },
      {
        role: "user",
        content: `That reply cannot be read: ${parsed.reason}. Reply again, with the JSON alone.`,
      },
    );
  }
  return "unreadable";
}

async function ask(model: ChatModel, messages: readonly ChatMessage[], seed: number): Promise<RecordedCall> {
  const asked = [...messages];
  const response = await model.complete({ role: "critic", messages: asked, seed });
  return { role: "critic", prompt: stepCriticPrompt.id, messages: asked, response };
}
