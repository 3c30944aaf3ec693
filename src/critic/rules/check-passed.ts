import type { StoredVerdict } from "../../store/index.ts";
import type { CheckResult } from "../../task/index.ts";
import { criticVerdict } from "../critic.ts";
import type { Rule } from "./rule.ts";

/**
 * The task's own checks found the device, and the answer, as they should be. Where nothing was checked, as in what
 * comes from elsewhere, a person's verdict counts, then that of the strict critic, then that of the plain one.
 */
export const checkPassed: Rule = {
  id: "check-passed.v2",
  broken({ verdicts }) {
    const verdict = verdicts.findLast((verdict) => verdict.source === "check");
    const checks = (verdict?.detail["checks"] ?? []) as CheckResult[];
    if (checks.length === 0) {
      return byAnother(verdicts, verdict === undefined ? "no check was made" : "the task has no checks");
    }
    const unmet = checks.find((check) => !check.passed);
    return unmet === undefined ? undefined : `${unmet.check}: found ${unmet.found}`;
  },
};

function byAnother(verdicts: readonly StoredVerdict[], unchecked: string): string | undefined {
  const other = verdicts.findLast(({ source }) => source === "human") ?? criticVerdict(verdicts);
  if (other === undefined) return `${unchecked}, and neither a person nor a critic has judged it`;
  if (other.success) return undefined;
  const judge = other.source === "human" ? "a person" : "the critic";
  const reason = other.detail["reason"];
  return `${unchecked}, and ${judge} found it no success${typeof reason === "string" ? ` (${reason})` : ""}`;
}
