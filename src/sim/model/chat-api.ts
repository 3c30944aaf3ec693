import { z } from "zod";

/** Named so that nobody takes it for a language model. */
export const modelName = "androidgen-demo-scripted";

const partSchema = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  // Pictures are taken and not looked at.
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
]);

/** What we read of a chat completion request; the sampling settings of real models mean nothing here. */
export const chatRequestSchema = z.object({
  model: z.string(),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant"]),
        content: z.union([z.string(), z.array(partSchema)]),
      }),
    )
    .min(1),
  seed: z.number().int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
});

export type ChatRequestBody = z.infer<typeof chatRequestSchema>;

export function textOf(message: ChatRequestBody["messages"][number]): string {
  const { content } = message;
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}

/** An error in the words of the OpenAI API. */
export function apiError(message: string, code: string) {
  return { error: { message, type: "invalid_request_error", param: null, code } };
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export function completionBody(id: string, created: number, text: string, usage: Usage) {
  const message = { role: "assistant", content: text, refusal: null };
  return {
    id,
    object: "chat.completion",
    created,
    model: modelName,
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage,
  };
}

/** The same reply as the chunks of a stream: the role, the text line by line, the end, the usage. */
export function completionChunks(
  id: string,
  created: number,
  text: string,
  usage: Usage | undefined,
): unknown[] {
  const base = { id, object: "chat.completion.chunk", created, model: modelName };
  const chunk = (delta: object, finish: string | null) => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const pieces = text.split(/(?<=\n)/u).map((content) => chunk({ content }, null));
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...pieces,
    chunk({}, "stop"),
    ...(usage === undefined ? [] : [{ ...base, choices: [], usage }]),
  ];
}
