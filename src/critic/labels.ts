import { z } from "zod";
import type { StepLabel } from "../store/index.ts";
import { type Reading, readJson, wholeNumber, wrongStep } from "./read-json.ts";

const mostConditions = 20;

const reply = z.object({
  conditions: z
    .array(z.object({ condition: z.string().trim().min(1), step: wholeNumber }))
    .min(1)
    .max(mostConditions),
});

/** Reads a critic's reply. */
export function parseLabels(text: string, steps: number): Reading<StepLabel[]> {
  const read = readJson(text, reply);
  if (!read.ok) return read;
  const labels = read.value.conditions;
  const wrong = wrongStep(labels, steps);
  return wrong === undefined ? { ok: true, value: labels } : { ok: false, reason: wrong };
}

/** A shorter trajectory with a goal of its own. */
export interface SubGoal {
  goal: string;
  /** Steps it takes, from the first. */
  steps: number;
}

/**
 * What the trajectory reached on its way: each condition but the last, up to the first that was not met,
 * with the goals before it. An unfinished episode yields training data this way.
 */
export function subGoals(labels: readonly StepLabel[]): SubGoal[] {
  const found: SubGoal[] = [];
  let steps = 0;
  for (const [i, label] of labels.slice(0, -1).entries()) {
    if (label.step === -1) break;
    steps = Math.max(steps, label.step);
    const conditions = labels.slice(0, i + 1).map(({ condition }) => condition.replace(/[.\s]+$/u, ""));
    found.push({ goal: `${conditions.join("; then: ")}.`, steps });
  }
  return found;
}
