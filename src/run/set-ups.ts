import type { EpisodeOutcome } from "../episode/index.ts";
import { isSetUpFailure, type TaskInstance } from "../task/index.ts";

/**
 * Tells whose fault it is that a task could not be set up. A template that some device was set up for in this run
 * can be: where another device fails at it, that device is out of order. A template that never could be is
 * broken, or asks for an app that no device has, and says nothing against the devices.
 */
export class SetUps {
  readonly #managed = new Set<string>();

  /** Learns from an attempt. True where the task is to blame for its failure, as far as is known. */
  blamesTask(outcome: EpisodeOutcome, { templateId }: TaskInstance): boolean {
    if (outcome.state === "error" && isSetUpFailure(outcome.error)) return !this.#managed.has(templateId);
    if (outcome.steps > 0) this.#managed.add(templateId);
    return false;
  }
}
