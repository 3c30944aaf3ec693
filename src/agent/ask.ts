import type { ChatMessage, ChatModel, ChatResponse, ModelRole } from "../llm/index.ts";
import type { ScreenImage } from "../screen/index.ts";
import type { Observation } from "./agent.ts";
import type { Prompt } from "./prompts/prompt.ts";

export interface Question<Input> {
  role: ModelRole;
  prompt: Prompt<Input>;
  input: Input;
  image?: ScreenImage | undefined;
  /** Worth thinking about; the model of a role that thinks now and then thinks. */
  hard?: boolean;
  /** Turns after the prompt: an unreadable reply and what was wrong with it. */
  followUp?: ChatMessage[];
}

/** Puts a prompt to the model; whatever was paid for is added to the calls of the observation as it ends. */
export async function ask<Input>(
  model: ChatModel,
  question: Question<Input>,
  { calls, seed, signal }: Pick<Observation, "calls" | "seed" | "signal">,
): Promise<string> {
  const { role, prompt, input, image, hard, followUp = [] } = question;
  const text = prompt.user(input);
  const messages: ChatMessage[] = [
    { role: "system", content: prompt.system },
    {
      role: "user",
      content:
        image === undefined
          ? text
          : [
              { type: "text", text },
              { type: "image", bytes: image.bytes, mediaType: image.mediaType },
            ],
    },
    ...followUp,
  ];
  const record = (response: ChatResponse) => {
    calls.push({ role, prompt: prompt.id, messages, response });
  };
  const response = await model.complete({
    role,
    messages,
    ...(hard === undefined ? {} : { hard }),
    ...(seed === undefined ? {} : { seed }),
    ...(signal === undefined ? {} : { signal }),
    onLoss: record,
  });
  record(response);
  return response.text;
}
