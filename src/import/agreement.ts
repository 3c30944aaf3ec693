import { isDeepStrictEqual } from "node:util";
import { type Action, androidGenCode } from "../action/index.ts";
import type { Refusal } from "../agent/index.ts";
import { type Place, type Report } from "./defect.ts";
import type { ReadReply, RecordedAction } from "./recording.ts";

/** How our reading of a reply compares with what was recorded of it. */
export interface Agreement {
  agrees: boolean;
  /** The recorded action; where we agree, with the arguments that the recorder dropped. */
  action?: Action;
}

/**
 * Compares what the source says was done with what our codec and AutoCheck make of the same reply. They agree on a
 * refused reply where both refuse it. An argument that the recorder dropped is a defect of the recording and no
 * difference, since all that was recorded is in our reading.
 */
export function compare(
  recorded: RecordedAction,
  reply: ReadReply,
  objection: Refusal | undefined,
  place: Place,
  report: Report,
): Agreement {
  const differ = (why: string): Agreement => {
    const { file, line } = place;
    report.difference({ file, line, recorded: told(recorded), ours: ours(reply), why });
    return { agrees: false, ...("action" in recorded ? { action: recorded.action } : {}) };
  };
  if (!("action" in recorded)) {
    if (!reply.ok || objection !== undefined) return { agrees: recorded.refusal.rule !== "import" };
    return differ(
      recorded.refusal.rule === "import"
        ? "the recorded action is not known"
        : `the recorder refused it (${recorded.refusal.reason}), and nothing on the recorded screen speaks against it`,
    );
  }
  if (!reply.ok) return differ(`the reply cannot be read: ${reply.reason}`);
  if (!sameAction(recorded, reply.action))
    return differ("the reply says something else than what was recorded");
  if (objection !== undefined) return differ(`AutoCheck (${objection.rule}) objects: ${objection.reason}`);
  if (!isDeepStrictEqual(recorded.action, reply.action)) {
    place.defect(
      "argument-dropped",
      `the recorded action has no element, and the reply has one: ${androidGenCode.format(reply.action)}`,
      "the reply's element kept",
    );
  }
  return { agrees: true, action: reply.action };
}

function sameAction(
  { action, missing }: { action: Action; missing?: readonly "target"[] },
  read: Action,
): boolean {
  if (isDeepStrictEqual(action, read)) return true;
  if (missing === undefined || !("target" in read)) return false;
  const { target: _, ...rest } = read;
  return isDeepStrictEqual(action, rest);
}

function told(recorded: RecordedAction): string {
  return "action" in recorded
    ? androidGenCode.format(recorded.action)
    : `refused: ${recorded.refusal.reason}`;
}

function ours(reply: ReadReply): string {
  return reply.ok ? androidGenCode.format(reply.action) : "nothing";
}
