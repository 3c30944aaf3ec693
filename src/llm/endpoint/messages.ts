import type OpenAI from "openai";
import type { ChatMessage, ContentPart } from "../model.ts";

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type Part = OpenAI.Chat.Completions.ChatCompletionContentPart;

/** Our messages in the words of the OpenAI chat API; pictures travel as data URLs. */
export function toOpenAiMessages(messages: readonly ChatMessage[]): Message[] {
  return messages.map(toOpenAiMessage);
}

function toOpenAiMessage(message: ChatMessage): Message {
  const { role, content } = message;
  // Only user messages may hold pictures in this API; in the others parts are text.
  if (role === "user") {
    return { role, content: typeof content === "string" ? content : content.map(toPart) };
  }
  return { role, content: typeof content === "string" ? content : content.map(textOf).join("\n") };
}

function toPart(part: ContentPart): Part {
  if (part.type === "text") return { type: "text", text: part.text };
  const url = `data:${part.mediaType};base64,${part.bytes.toString("base64")}`;
  return { type: "image_url", image_url: { url } };
}

function textOf(part: ContentPart): string {
  return part.type === "text" ? part.text : "[picture]";
}
