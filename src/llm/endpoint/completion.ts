import { z } from "zod";
import { llmError } from "./failure.ts";
import type { TokenUsage } from "./model.ts";

/** The part of a chat completion we rely on; endpoints add much else. */
const completionSchema = z.object({
  model: z.string().optional(),
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

export interface Completion {
  text: string;
  /** Empty where the endpoint does not say. */
  model: string;
  usage: TokenUsage;
  /** The reply ran into its token limit. */
  truncated: boolean;
}

/**
 * Reads the body of a chat completion. A reply that was cut by its token limit is accepted, with
 * `truncated`: whoever asked can often still use it. A reply without any text is an error.
 */
export function readCompletion(body: unknown): Completion {
  const parsed = completionSchema.safeParse(body);
  if (!parsed.success) {
    const text = "The model endpoint answered with something that is not a chat completion";
    const where = parsed.error.issues[0]?.path.join(".") ?? "";
    throw llmError("LLM_BAD_RESPONSE", where === "" ? `${text}.` : `${text} (wrong or missing: ${where}).`);
  }
  const choice = parsed.data.choices[0];
  const text = choice?.message.content ?? "";
  if (text.trim() === "") throw emptyReply(choice?.finish_reason ?? "", choice?.message.refusal ?? "");
  return {
    text,
    model: parsed.data.model ?? "",
    usage: {
      promptTokens: parsed.data.usage?.prompt_tokens ?? 0,
      completionTokens: parsed.data.usage?.completion_tokens ?? 0,
    },
    truncated: choice?.finish_reason === "length",
  };
}

function emptyReply(finishReason: string, refusal: string) {
  const what = "The model sent an empty reply";
  // The same request would burn the same tokens again, so these two are not repeated.
  if (finishReason === "length") {
    return llmError(
      "LLM_EMPTY",
      `${what}: it used up its token limit before its first word of text. Raise maxTokens.`,
      { retryable: false },
    );
  }
  if (finishReason === "content_filter" || refusal !== "") {
    return llmError("LLM_EMPTY", `${what}: it was refused or filtered.`, { retryable: false });
  }
  return llmError("LLM_EMPTY", `${what} (finish reason "${finishReason}").`);
}
