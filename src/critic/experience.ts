import { formatPlan } from "../agent/index.ts";
import type { NewExperience, StepLabel, Store, StoredStep } from "../store/index.ts";
import { codeLine } from "./action-code.ts";
import { criticVerdict } from "./critic.ts";
import type { Trajectory } from "./trajectory.ts";

/**
 * Makes a kept success findable for ExpSearch: whole, and where StepCritic has labelled it, also in parts. May be called
 * again at any time, such as when the labels are there.
 */
export async function keepExperiences(store: Store, trajectory: Trajectory): Promise<void> {
  const { episode, instance, steps } = trajectory;
  const { settings } = await store.runs.get(episode.runId);
  const labels = criticVerdict(await store.verdicts.list(episode.id))?.labels;
  const shared = {
    templateId: instance.templateId,
    apps: instance.apps,
    benchmark: settings["benchmark"] === true,
  };
  const plan = formatPlan((steps.at(-1)?.plan ?? []).map(({ text }) => ({ text, done: true })));
  const whole: NewExperience = {
    ...shared,
    ...(await told(store, steps, plan)),
    kind: "trajectory",
    goal: instance.goal,
  };
  const parts: NewExperience[] = [];
  for (const { goal, from, to } of partsOf(labels ?? [])) {
    const taken = await told(store, steps.slice(from, to), "");
    parts.push({ ...shared, ...taken, kind: "sub-goal", goal });
  }
  await store.experiences.keep(episode.id, [whole, ...parts]);
}

/** The steps that met one condition of a goal: from the index `from` to before `to`. */
export interface Part {
  goal: string;
  from: number;
  to: number;
}

/**
 * A trajectory cut at the steps that met its conditions, up to the first condition that was not met. Conditions that
 * were met by the same step, or by an earlier one, share their part. One condition alone is the whole trajectory again,
 * and no part.
 */
export function partsOf(labels: readonly StepLabel[]): Part[] {
  const unmet = labels.findIndex(({ step }) => step === -1);
  const parts: Part[] = [];
  for (const { condition, step } of unmet === -1 ? labels : labels.slice(0, unmet)) {
    const goal = condition.replace(/[.\s]+$/u, "");
    const last = parts.at(-1);
    if (last !== undefined && step <= last.to) last.goal += `; ${goal}`;
    else parts.push({ goal, from: last?.to ?? 0, to: step });
  }
  return parts.length > 1 ? parts.map((part) => ({ ...part, goal: `${part.goal}.` })) : [];
}

/** How steps went, as ExpSearch shows them: the plan, and the code of each step that was carried out. */
async function told(store: Store, steps: readonly StoredStep[], plan: string) {
  const lines: string[] = [];
  for (const step of steps) {
    if (step.refusal !== undefined || step.action === undefined) continue;
    lines.push(codeLine(step.action, await store.screens.load(step.screenId)));
  }
  return {
    plan,
    text: [...(plan === "" ? [] : ["Plan:", plan]), "Steps:", ...lines].join("\n"),
    packages: steps.map((step) => step.package),
    start: await startOf(store, steps[0]),
  };
}

async function startOf(store: Store, first: StoredStep | undefined): Promise<NewExperience["start"]> {
  if (first === undefined) return { package: "", activity: "" };
  const { package: appInFront, activity } = await store.screens.load(first.screenId);
  return { package: appInFront, activity };
}
