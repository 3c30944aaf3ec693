import { z } from "zod";
import type { StepLabel } from "../store/index.ts";

const mostConditions = 20;

/** Models write numbers as text now and then; anything else for a number is no label. */
const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^\s*-?\d+\s*$/, "a whole number")
    .transform(Number),
]);

const reply = z.object({
  conditions: z
    .array(z.object({ condition: z.string().trim().min(1), step: wholeNumber }))
    .min(1)
    .max(mostConditions),
});

export type ParsedLabels = { ok: true; labels: StepLabel[] } | { ok: false; reason: string };

/** Reads a critic's reply: JSON, with or without words or a code fence around it. */
export function parseLabels(text: string, steps: number): ParsedLabels {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return { ok: false, reason: "it holds no JSON object" };
  let json: unknown;
  try {
    json = JSON.parse(text.slice(start, end + 1));
  } catch (error) {
    return { ok: false, reason: `its JSON is broken (${(error as Error).message})` };
  }
  const parsed = reply.safeParse(json);
  if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error).replaceAll("\n", " ") };
  const labels = parsed.data.conditions;
  const wrong = labels.find(({ step }) => step !== -1 && (step < 1 || step > steps));
  if (wrong !== undefined) {
    return { ok: false, reason: `there is no round ${wrong.step}; rounds are 1 to ${steps}, or -1` };
  }
  return { ok: true, labels };
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
