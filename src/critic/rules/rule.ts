import type { JudgedStep, Trajectory } from "../trajectory.ts";

/** Something that must hold of a trajectory that is kept. */
export interface Rule {
  /** Name and version, such as `no-loop.v1`; a change that may change verdicts gets a new version. */
  id: string;
  /** Why the trajectory breaks the rule, in words; undefined where it holds. */
  broken(trajectory: Trajectory): string | undefined;
}

/** Equal for steps that did the same on equal screens. */
export function moveOf(step: JudgedStep): string {
  return JSON.stringify([step.state, step.action ?? step.refusal?.rule ?? null]);
}
