import type { Defect, Report } from "./defect.ts";
import type { Recording } from "./recording.ts";

/**
 * Holds defects back until it is known whether the episode they are found in is a new one: those of an episode that the
 * store has were told when it came.
 */
export interface HeldReport extends Report {
  /** From here on, defects are held back. */
  hold(): void;
  /** Tells what was held back, and whatever comes until the next hold. */
  release(): void;
  /** Forgets what was found in the steps of a recording. */
  letGo(recording: Recording): void;
}

export function heldReport(told: Report): HeldReport {
  let held: Defect[] = [];
  let holding = false;
  return {
    defect: (defect) => (holding ? void held.push(defect) : told.defect(defect)),
    difference: (difference) => told.difference(difference),
    hold() {
      holding = true;
    },
    release() {
      for (const defect of held) told.defect(defect);
      held = [];
      holding = false;
    },
    letGo({ steps }) {
      const lines = new Set(steps.map(({ place }) => place.line));
      held = held.filter(({ line }) => !lines.has(line));
    },
  };
}
