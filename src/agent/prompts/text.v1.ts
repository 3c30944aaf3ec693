import type { OfferedApi } from "../../action/index.ts";
import { configError } from "../../errors.ts";
import type { Screen } from "../../screen/index.ts";
import type { PastStep } from "../agent.ts";
import type { HistoryBounds } from "../history/tell-history.ts";
import { apiSections, appsSection, pastSections, untrustedRule } from "./blocks.ts";
import { fitScreen } from "./fit-screen.ts";
import { androidGenGrammar } from "./grammar.v2.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

/** What a single-call agent tells its model in a round. */
export interface SingleCallInput {
  goal: string;
  history: readonly PastStep[];
  historyBounds: HistoryBounds;
  screen: Screen;
  apps: readonly string[];
  /** App interfaces that may be called. */
  apis: readonly OfferedApi[];
  stepsLeft: number;
}

/** By the name of the codec that reads them. */
const grammars: Readonly<Record<string, { actions: string; element: string }>> = {
  "androidgen-code": { actions: androidGenGrammar, element: "element_id" },
  "androidworld-json": {
    actions: `\
{"action_type": "click", "index": 7}
{"action_type": "double_tap", "index": 7}
{"action_type": "long_press", "index": 7}
{"action_type": "input_text", "text": "...", "index": 7}   replaces the whole text of that field
{"action_type": "keyboard_enter"}
{"action_type": "navigate_home"}
{"action_type": "navigate_back"}
{"action_type": "scroll", "direction": "down", "index": 7}   down shows what lies below; up, left and right likewise; index may be left out
{"action_type": "open_app", "app_name": "..."}
{"action_type": "wait"}
{"action_type": "answer", "text": "..."}   tells the person what they asked for; then end with status
{"action_type": "status", "goal_status": "complete"}   or "infeasible"; ends the task`,
    element: "index",
  },
};

/** The codecs that the text agent has a prompt for. */
export const textCodecs: readonly string[] = Object.keys(grammars);

/**
 * The one prompt of the text agent, which has neither plan nor examples, in a grammar that goes by element numbers.
 * Throws `AGENT_CODEC_UNKNOWN` (class `config`) for any other codec.
 */
export function textPrompt(codec: string): Prompt<SingleCallInput> {
  const grammar = grammars[codec];
  if (grammar === undefined) {
    throw configError(
      "AGENT_CODEC_UNKNOWN",
      `the text agent has no prompt for the codec ${codec}; use one of ${Object.keys(grammars).join(", ")}`,
    );
  }
  const { actions, element } = grammar;
  const system = `\
You operate an Android phone for a person. In each round you are given their goal, what you did so far, and the screen as a list of its elements, and you choose one action.

Say in a sentence what you make of the screen. Then write the action as one line, alone between two lines of three backticks. It is one of these:

${actions}

${element} is the number in front of an element in the list of this screen. Do something else when an action was refused or changed nothing. End the task when the screen shows that the goal is reached; where the goal asks a question, give the bare answer. ${untrustedRule}`;
  return {
    id: `text.v1/${codec}`,
    system,
    user({ goal, apps, apis, history, historyBounds, screen, stepsLeft }) {
      return fitScreen(screen, { system, historyTokens: historyBounds.tokens }, (shown) =>
        [
          section("Goal", goal),
          appsSection(apps),
          // Only this grammar has words for a call.
          ...(codec === "androidgen-code" ? apiSections(apis) : []),
          ...pastSections(history, historyBounds),
          shown,
          section("Round", `${history.length + 1}, ${stepsLeft} left with this one.`),
        ].join("\n\n"),
      );
    },
  };
}
