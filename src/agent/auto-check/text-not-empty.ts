import type { Action } from "../../action/index.ts";
import type { Rule } from "./rule.ts";

/** An empty text, note or answer is a slip: the model left out what it meant to write. */
export const textNotEmpty: Rule = {
  name: "text-not-empty",
  objection({ action }) {
    if (writtenText(action)?.trim() !== "") return undefined;
    return "the text is empty; write what is meant to stand there";
  },
};

function writtenText(action: Action): string | undefined {
  if (action.type === "inputText" || action.type === "answer") return action.text;
  return action.type === "quote" ? action.content : undefined;
}
