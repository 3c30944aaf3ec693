import { androidGenCode } from "../action/index.ts";
import { formatPlan } from "../agent/index.ts";
import { listing } from "../screen/index.ts";
import type { NewExperience, Store, StoredStep } from "../store/index.ts";
import type { Trajectory } from "./trajectory.ts";

/** A kept success as ExpSearch shows it: its plan, and the code of each step that was carried out. */
export async function experienceOf(store: Store, trajectory: Trajectory): Promise<NewExperience> {
  const { episode, instance, steps } = trajectory;
  const plan = formatPlan((steps.at(-1)?.plan ?? []).map(({ text }) => ({ text, done: true })));
  const lines: string[] = [];
  for (const step of steps) {
    if (step.refusal === undefined) lines.push(await codeLine(store, step));
  }
  return {
    episodeId: episode.id,
    templateId: instance.templateId,
    goal: instance.goal,
    plan,
    apps: instance.apps,
    text: [...(plan === "" ? [] : ["Plan:", plan]), "Steps:", ...lines].join("\n"),
  };
}

/** The code, and what its element was: a bare number says nothing on another screen. */
async function codeLine(store: Store, step: StoredStep): Promise<string> {
  const { action } = step;
  if (action === undefined) return "";
  const code = androidGenCode.format(action);
  if (!("target" in action) || action.target?.kind !== "element") return code;
  const { elements, package: appInFront } = await store.screens.load(step.screenId);
  const element = elements[action.target.index];
  return element === undefined ? code : `${code}  # ${listing({ elements: [element], package: appInFront })}`;
}
