import { countTokens } from "../../llm/index.ts";
import type { PastStep } from "../agent.ts";
import { cutMiddle } from "../text.ts";

/** Tokens of all notes together, and of one. */
const allNotes = 800;
const oneNote = 250;

/**
 * What the agent noted with `quote`, one line each, also where its round is told no more; empty without notes. The
 * newest ones are kept where all are too much. They may quote the screen, so each is a JSON string.
 */
export function tellNotes(history: readonly PastStep[]): string {
  const lines: string[] = [];
  const seen = new Set<string>();
  let used = 20;
  let leftOut = 0;
  for (const { number, action, refusal } of history.toReversed()) {
    if (action?.type !== "quote" || refusal !== undefined || seen.has(action.content)) continue;
    seen.add(action.content);
    const line = `Round ${number}: ${JSON.stringify(cutMiddle(action.content, oneNote))}`;
    used += countTokens(line) + 1;
    if (leftOut > 0 || used > allNotes) leftOut++;
    else lines.unshift(line);
  }
  if (leftOut > 0) lines.unshift(`(${leftOut} older ${leftOut === 1 ? "note" : "notes"} left out)`);
  return lines.join("\n");
}
