import { type Place, quoted } from "./defect.ts";
import type { RecordedAction } from "./recording.ts";

/** The step stays, without an action: it was seen, and nobody learns from it. */
export function unknownAction(value: unknown, place: Place): RecordedAction {
  place.defect(
    "action-unknown",
    `the recorded action is not known: ${quoted(value)}`,
    "the step is kept without an action",
  );
  return { refusal: { rule: "import", reason: `The recorded action is not known: ${quoted(value)}` } };
}
