import type { OfferedApi } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { Experience, PastStep, PlanItem } from "../agent.ts";
import type { HistoryBounds } from "../history/tell-history.ts";
import { type Circle, circleText } from "../reflect-plan/circle.ts";
import { apiSections, appsSection, planSection } from "./blocks.ts";
import { block, section } from "./section.ts";

/** What the policy is told in a round. */
export interface PolicyInput {
  goal: string;
  plan: readonly PlanItem[];
  experiences: readonly Pick<Experience, "goal" | "text">[];
  history: readonly PastStep[];
  /** Rounds told in the model's own words. */
  historySteps: number;
  /** Bound of the whole history. */
  historyTokens: number;
  screen: Screen;
  /** A picture with boxes and numbers comes with the prompt. */
  marked?: boolean;
  apps: readonly string[];
  /** App interfaces that may be called. */
  apis?: readonly OfferedApi[];
  stepsLeft: number;
  /** The agent goes round in circles. */
  circle?: Circle | undefined;
}

export function boundsOf({ historySteps, historyTokens }: PolicyInput): HistoryBounds {
  return { steps: historySteps, tokens: historyTokens };
}

/** A policy's user turn around what it is told of the past and shown of the screen. */
export function policyTurn(input: PolicyInput, past: readonly string[], screen: readonly string[]): string {
  const { goal, plan, experiences, apps, apis = [], history, circle } = input;
  return [
    section("Goal", goal),
    planSection(plan),
    ...exampleSections(experiences),
    appsSection(apps),
    ...apiSections(apis),
    ...past,
    ...screen,
    ...(circle === undefined ? [] : [section("Stuck", `${circleText(circle)} Do something else now.`)]),
    section("Round", `${history.length + 1}, ${input.stepsLeft} left with this one.`),
  ].join("\n\n");
}

function exampleSections(experiences: PolicyInput["experiences"]): string[] {
  if (experiences.length === 0) return [];
  const examples = experiences.map(({ goal, text }) => block("example", `Goal: ${goal}\n${text}`));
  return [section("Examples", examples.join("\n"))];
}
