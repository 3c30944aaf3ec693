import type { ThinkingMode, ThinkingStyle } from "./config/config.ts";

/** Whether a call is to think; undefined where that is left to the endpoint. */
export function wantsThinking(
  mode: ThinkingMode | undefined,
  hard: boolean | undefined,
): boolean | undefined {
  if (mode === undefined) return undefined;
  return mode === "auto" ? hard === true : mode === "on";
}

/**
 * The fields of a request that say whether to think: of vLLM's and SGLang's chat templates (Qwen3, GLM), of the GLM
 * API, and of OpenAI's API, which knows degrees.
 */
export function thinkingFields(style: ThinkingStyle, thinking: boolean | undefined): Record<string, unknown> {
  if (thinking === undefined) return {};
  switch (style) {
    case "chat_template_kwargs":
      return { chat_template_kwargs: { enable_thinking: thinking } };
    case "thinking":
      return { thinking: { type: thinking ? "enabled" : "disabled" } };
    case "reasoning_effort":
      return { reasoning_effort: thinking ? "medium" : "minimal" };
    case "none":
      return {};
  }
}

export interface Thought {
  /** The answer alone. */
  text: string;
  /** Empty where there was none. */
  thinking: string;
}

const opening = "<think>";
const closing = "</think>";
/** Chat templates that open the tag themselves leave its end alone in the reply; an answer only quotes it within a line. */
const loneClosing = /^[ \t]*<\/think>[ \t]*$/mu;

/** Takes thinking that stands in the reply itself out of it: closed, cut off before its end, or begun by the template. */
export function splitThinking(content: string): Thought {
  const trimmed = content.trimStart();
  if (trimmed.startsWith(opening)) {
    const end = trimmed.indexOf(closing);
    if (end === -1) return { text: "", thinking: trimmed.slice(opening.length).trim() };
    return {
      text: trimmed.slice(end + closing.length).trimStart(),
      thinking: trimmed.slice(opening.length, end).trim(),
    };
  }
  const lone = loneClosing.exec(content);
  if (lone === null) return { text: content, thinking: "" };
  return {
    text: content.slice(lone.index + lone[0].length).trimStart(),
    thinking: content.slice(0, lone.index).trim(),
  };
}
