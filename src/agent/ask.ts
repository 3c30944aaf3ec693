import type { ChatMessage, ChatModel, ModelRole, RecordedCall } from "../llm/index.ts";
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

/** Puts a prompt to the model; the call is added to `calls`, the record of this step. */
export async function ask<Input>(
  model: ChatModel,
  question: Question<Input>,
  observation: Pick<Observation, "seed" | "signal">,
  calls: RecordedCall[],
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
  const response = await model.complete({
    role,
    messages,
    ...(hard === undefined ? {} : { hard }),
    ...(observation.seed === undefined ? {} : { seed: observation.seed }),
    ...(observation.signal === undefined ? {} : { signal: observation.signal }),
  });
  calls.push({ role, prompt: prompt.id, messages, response });
  return response.text;
}
