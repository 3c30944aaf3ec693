import { z } from "zod";
import { llmError } from "../failure.ts";
import type { TokenUsage } from "../model.ts";
import { splitThinking } from "../thinking.ts";

const tokens = z.number().nonnegative();

/** The part of a chat completion we rely on; endpoints add much else. */
const completionSchema = z.object({
  model: z.string().optional(),
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({
        content: z.string().nullish(),
        refusal: z.string().nullish(),
        // vLLM, SGLang, DeepSeek and GLM have the first of these names, newer vLLM and OpenRouter the second.
        reasoning_content: z.string().nullish(),
        reasoning: z.string().nullish(),
      }),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.object({ cached_tokens: tokens.nullish() }).nullish(),
    })
    .nullish(),
});

/** Usage with what the endpoint had cached of the prompt, which is cheaper. */
export interface BilledUsage extends TokenUsage {
  cachedTokens: number;
}

export interface Completion {
  /** The answer alone. */
  text: string;
  /** Empty where the model did not think, or did not tell. */
  thinking: string;
  /** Empty where the endpoint does not say. */
  model: string;
  /** Zeros where the endpoint does not say. */
  usage: BilledUsage;
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
  const { choices, model, usage: told } = parsed.data;
  const message = choices[0]?.message;
  const { text, thinking } = splitThinking(message?.content ?? "");
  const usage = {
    promptTokens: told?.prompt_tokens ?? 0,
    completionTokens: told?.completion_tokens ?? 0,
    cachedTokens: told?.prompt_tokens_details?.cached_tokens ?? 0,
  };
  const finishReason = choices[0]?.finish_reason ?? "";
  if (text.trim() === "") throw emptyReply(finishReason, message?.refusal ?? "", usage);
  const apart = message?.reasoning_content ?? message?.reasoning ?? "";
  return {
    text,
    thinking: [apart.trim(), thinking].filter((part) => part !== "").join("\n"),
    model: model ?? "",
    usage,
    truncated: finishReason === "length",
  };
}

function emptyReply(finishReason: string, refusal: string, usage: BilledUsage) {
  const what = "The model sent an empty reply";
  // The same request would burn the same tokens again, so these two are not repeated.
  if (finishReason === "length") {
    const why =
      "it used up its token limit before its first word of text. Raise maxTokens, or turn thinking off.";
    return llmError("LLM_EMPTY", `${what}: ${why}`, { retryable: false, usage });
  }
  if (finishReason === "content_filter" || refusal !== "") {
    return llmError("LLM_EMPTY", `${what}: it was refused or filtered.`, { retryable: false, usage });
  }
  const known = /^[a-z_]{1,40}$/u.test(finishReason) ? finishReason : "unknown";
  return llmError("LLM_EMPTY", `${what} (finish reason "${known}").`, { usage });
}
