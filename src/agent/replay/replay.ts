import { type Action, androidGenCode, type Target } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { Agent, Decision, Refusal } from "../agent.ts";
import { replyOf } from "../reply.ts";
import { findAgain } from "./find-again.ts";

/** Refusals in a row, of the replay or the device, after which it ends: what comes next would meet another screen. */
const mostRefusals = 3;

/** A step that was carried out in the recorded run. */
export interface RecordedStep {
  action: Action;
  thought: string;
  /** The screen on which it was decided. */
  screen: Pick<Screen, "elements" | "width" | "height">;
}

/**
 * Does again what was done in a recorded episode, without a model. Elements are found again on the live screen by
 * resource id, words and class. Where one cannot be found, or the device refuses, the step is refused with the reason
 * and tried again on the next screen, which may have been late; after three in a row the episode is given up. A
 * recording that ends without an end of the task is given up as well.
 */
export function createReplayAgent(steps: readonly RecordedStep[]): Agent {
  return {
    async decide({ screen, history }) {
      // Whatever was carried out was the next step of the recording.
      const done = history.filter(({ refusal }) => refusal === undefined).length;
      const lastRefusals = history.slice(-mostRefusals);
      const stuck =
        lastRefusals.length === mostRefusals && lastRefusals.every(({ refusal }) => refusal !== undefined);
      const step = steps[done];
      if (stuck) return giveUp(`step ${done + 1} of the recording was refused ${mostRefusals} times`);
      if (step === undefined) return giveUp("the recording ends here, without an end of the task");
      const action = aimAgain(step, screen);
      if ("rule" in action) return { ...decisionOf("", step.thought), refusal: action };
      return { ...decisionOf(androidGenCode.format(action), step.thought), action };
    },
  };
}

function giveUp(message: string): Decision {
  const action: Action = { type: "finish", status: "infeasible", message };
  return { ...decisionOf(androidGenCode.format(action), message), action };
}

function decisionOf(code: string, thought: string): Decision {
  return { thought, response: replyOf(code, thought), plan: [], experiences: [] };
}

/** The recorded action, aimed at the live screen. */
function aimAgain({ action, screen: recorded }: RecordedStep, live: Screen): Action | Refusal {
  if (!("target" in action) || action.target === undefined) return action;
  const target = targetAgain(action.target, recorded, live);
  if (typeof target === "string") return { rule: "replay-element", reason: target };
  if (action.type !== "swipe" || action.to === undefined) return { ...action, target };
  const to = targetAgain(action.to, recorded, live);
  return typeof to === "string" ? { rule: "replay-element", reason: to } : { ...action, target, to };
}

function targetAgain(target: Target, recorded: RecordedStep["screen"], live: Screen): Target | string {
  if (target.kind === "point") {
    const x = Math.round((target.x * live.width) / recorded.width);
    const y = Math.round((target.y * live.height) / recorded.height);
    return { kind: "point", x, y };
  }
  const element = recorded.elements.find(({ index }) => index === target.index);
  if (element === undefined) return `the recording has no element ${target.index} on its screen`;
  const found = findAgain(element, recorded, live);
  if (found !== undefined) return { kind: "element", index: found.index };
  const words = element.text || element.description || element.hint || element.label || element.resourceId;
  const kind = element.className.split(".").at(-1) ?? "";
  return `this screen has no ${kind} ${JSON.stringify(words)}, or several, so the recorded one cannot be told`;
}
