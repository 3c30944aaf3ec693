import { createHash } from "node:crypto";
import type { Sample } from "./sample.ts";
import type { SeenTrajectory } from "./trajectory.ts";

/**
 * Tells trajectories apart by what was done on which screens: two samples of one task often take the very same
 * way, and a dataset that holds it twice teaches nothing more.
 */
export function trajectoryKey({ instance, steps }: SeenTrajectory): string {
  const actions = steps.map((step) => [step.fingerprint, step.action ?? null]);
  return digest([instance.templateId, instance.goal, actions]);
}

/** Samples with the same prompt and the same reply are one sample. */
export function sampleKey(sample: Sample): string {
  return digest([sample.prompt, sample.user, sample.assistant]);
}

function digest(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex");
}
