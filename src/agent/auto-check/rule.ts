import type { Action, Target } from "../../action/index.ts";
import type { Element, Screen } from "../../screen/index.ts";
import type { Observation, PastStep, PlanItem } from "../agent.ts";

/** An action before it is carried out, with what the agent knew when it chose it. */
export interface Proposal {
  action: Action;
  observation: Known;
  plan: readonly PlanItem[];
}

/** What the rules look at of an observation. */
export type Known = Pick<Observation, "screen" | "history" | "apps" | "apis">;

/** One thing that an action must satisfy before it is carried out. */
export interface Rule {
  /** Stable: records, filters and reports name it. */
  name: string;
  /** Why the action is refused and what would do instead, for the model to read; nothing where it may go. */
  objection(proposal: Proposal): string | undefined;
}

/** An action that the device took, with the screen it was chosen on and the screen after it. */
export interface Outcome {
  action: Action;
  before: Screen;
  after: Screen;
  /** Package of each app by its name, where known. */
  packages: NonNullable<Observation["packages"]>;
}

/** One thing that an action must have done. */
export interface AfterRule {
  /** Stable, as in `Rule`. */
  name: string;
  /** What the screen after the action shows to be wrong, for the model to read; nothing where all is well. */
  fault(outcome: Outcome): string | undefined;
}

/** The outcome of a step that the device took; nothing where it was refused. */
export function outcomeOf(
  { action, refusal, screen }: PastStep,
  { screen: after, packages = {} }: Pick<Observation, "screen" | "packages">,
): Outcome | undefined {
  if (action === undefined || refusal !== undefined) return undefined;
  return { action, before: screen, after, packages };
}

/** The element an action aims at; nothing for a point, no target, or a number that is not there. */
export function targetElement(action: Action, screen: Pick<Screen, "elements">): Element | undefined {
  const index = targetIndex(action);
  return index === undefined ? undefined : screen.elements.find((one) => one.index === index);
}

export function targetIndex(action: Action): number | undefined {
  return "target" in action && action.target?.kind === "element" ? action.target.index : undefined;
}

/** Every place that an action names: where it goes, and where a drag ends. */
export function placesOf(action: Action): Target[] {
  const ends = action.type === "swipe" && action.to !== undefined ? [action.to] : [];
  return "target" in action && action.target !== undefined ? [action.target, ...ends] : ends;
}

/** The elements among those places that are on the screen. */
export function elementsAt(action: Action, screen: Pick<Screen, "elements">): Element[] {
  return placesOf(action).flatMap((place) => {
    const element = place.kind === "element" && screen.elements.find((one) => one.index === place.index);
    return element ? [element] : [];
  });
}

/** An element as a model knows it, in one line: `7 (Button "Save")`. */
export function describe(element: Element): string {
  const kind = element.className.split(".").at(-1) ?? "";
  const words = element.text || element.description || element.hint || (element.label ?? "");
  const shown = words.length > 40 ? `${words.slice(0, 40)}…` : words;
  return shown === "" ? `${element.index} (${kind})` : `${element.index} (${kind} ${JSON.stringify(shown)})`;
}
