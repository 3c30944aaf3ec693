import {
  type ChatMessage,
  type ChatModel,
  type ChatResponse,
  nothingSpent,
  plusSpending,
  type Spending,
} from "../llm/index.ts";
import type { Store } from "../store/index.ts";
import type { Reading } from "./read-json.ts";

/** Calls for one question before its reply counts as unreadable. */
const maxAttempts = 3;

export interface Question<T> {
  prompt: { id: string; system: string };
  text: string;
  seed: number;
  read: (reply: string) => Reading<T>;
}

/** Puts questions about one episode to a model. */
export interface Asker {
  /**
   * The reply as it was read, or undefined where three replies could not be. Every call is recorded as soon as it is
   * answered, so that it is counted also where a later one fails; so is every attempt that was paid for in vain. Throws
   * what the model throws.
   */
  ask<T>(question: Question<T>): Promise<T | undefined>;
  readonly spent: Spending;
  /** Names of the models that answered, and of the prompts that were put. */
  readonly models: ReadonlySet<string>;
  readonly prompts: ReadonlySet<string>;
}

export function createAsker(store: Store, model: ChatModel, episodeId: string): Asker {
  let spent: Spending = nothingSpent;
  const models = new Set<string>();
  const prompts = new Set<string>();
  return {
    get spent() {
      return spent;
    },
    models,
    prompts,
    async ask({ prompt, text, seed, read }) {
      const messages: ChatMessage[] = [
        { role: "system", content: prompt.system },
        { role: "user", content: text },
      ];
      for (let attempt = 1; attempt <= maxAttempts; attempt++) {
        const asked = [...messages];
        const paid: ChatResponse[] = [];
        const onLoss = (lost: ChatResponse) => void paid.push(lost);
        let response: ChatResponse;
        try {
          response = await model.complete({ role: "critic", messages: asked, seed, onLoss });
          paid.push(response);
        } finally {
          const calls = paid.map((one) => ({
            role: "critic" as const,
            prompt: prompt.id,
            messages: asked,
            response: one,
          }));
          await store.calls.record(episodeId, calls);
          for (const { usage, costUsd = 0 } of paid) {
            spent = plusSpending(spent, { calls: 1, costUsd, ...usage });
          }
        }
        models.add(response.model);
        prompts.add(prompt.id);
        const reading = read(response.text);
        if (reading.ok) return reading.value;
        messages.push(
          { role: "assistant", content: response.text },
          {
            role: "user",
            content: `That reply cannot be read: ${reading.reason}. Reply again, in the form asked for and with nothing else.`,
          },
        );
      }
      return undefined;
    },
  };
}
