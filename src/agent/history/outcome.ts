import type { PastStep } from "../agent.ts";
import { breakTags } from "../prompts/section.ts";
import { cutMiddle, oneLine } from "../text.ts";

/** What a prompt tells of a past round. */
export type ToldStep = Pick<PastStep, "number" | "response" | "refusal" | "finding">;

/** What came of a round, on one line: reasons may quote the screen or the reply. At most about so many tokens. */
export function outcome({ refusal, finding }: Pick<PastStep, "refusal" | "finding">, tokens: number): string {
  const why = (reason: string) => cutMiddle(breakTags(oneLine(reason)), tokens);
  if (refusal !== undefined) return `NOT carried out, refused by ${refusal.rule}: ${why(refusal.reason)}`;
  if (finding !== undefined) return `carried out, but ${finding.rule} says: ${why(finding.reason)}`;
  return "carried out";
}
