import type { Store } from "../store/index.ts";
import { rules, rulesVersion } from "./rules/index.ts";
import type { Trajectory } from "./trajectory.ts";

export interface BrokenRule {
  /** Such as `no-loop.v1`. */
  rule: string;
  reason: string;
}

export interface Judgement {
  kept: boolean;
  reasons: BrokenRule[];
}

/** Puts every rule to a trajectory and records the verdict, of source `rules`. */
export async function judge(store: Store, trajectory: Trajectory): Promise<Judgement> {
  const reasons: BrokenRule[] = [];
  for (const rule of rules) {
    const reason = rule.broken(trajectory);
    if (reason !== undefined) reasons.push({ rule: rule.id, reason });
  }
  const kept = reasons.length === 0;
  await store.verdicts.record({
    episodeId: trajectory.episode.id,
    source: "rules",
    version: rulesVersion,
    success: kept,
    detail: { rules: rules.map((rule) => rule.id), reasons },
  });
  return { kept, reasons };
}
