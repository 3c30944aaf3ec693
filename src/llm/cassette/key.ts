import { createHash } from "node:crypto";
import type { ChatMessage, ChatRequest } from "../model.ts";

/**
 * What decides a reply, as a SHA-256: role, messages, seed, and whether the call is a hard one. Pictures count by the
 * hash of their bytes. Model names and settings do not count: a tape takes the model's place, and is
 * played where no model is configured at all.
 */
export function requestKey({ role, messages, seed, hard }: ChatRequest): string {
  return sha256(JSON.stringify([role, seed ?? null, hard === true, messages.map(canonical)]));
}

function canonical({ role, content }: ChatMessage): unknown {
  if (typeof content === "string") return [role, content];
  return [
    role,
    content.map((part) =>
      part.type === "text" ? ["text", part.text] : ["image", part.mediaType, sha256(part.bytes)],
    ),
  ];
}

/** Characters of the first message that tell one prompt file from another. */
const firstWords = 80;

/** Names a prompt without quoting it: equal for two requests whose first message begins with the same words. */
export function beginning({ messages }: ChatRequest): string {
  const content = messages[0]?.content ?? "";
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  return sha256(text.slice(0, firstWords)).slice(0, 12);
}

function sha256(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
