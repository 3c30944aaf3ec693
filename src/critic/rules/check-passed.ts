import type { CheckResult } from "../../task/index.ts";
import type { Rule } from "./rule.ts";

/** The task's own checks found the device, and the answer, as they should be. */
export const checkPassed: Rule = {
  id: "check-passed.v1",
  broken({ verdicts }) {
    const verdict = verdicts.findLast((verdict) => verdict.source === "check");
    if (verdict === undefined) return "no check was made";
    const checks = verdict.detail["checks"] as CheckResult[];
    if (checks.length === 0) return "the task has no checks";
    const unmet = checks.find((check) => !check.passed);
    return unmet === undefined ? undefined : `${unmet.check}: found ${unmet.found}`;
  },
};
