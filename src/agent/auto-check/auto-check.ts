import type { Refusal } from "../agent.ts";
import { appInstalled } from "./app-installed.ts";
import { elementEnabled } from "./element-enabled.ts";
import { elementOnScreen } from "./element-on-screen.ts";
import { finishWithOpenPlan } from "./finish-with-open-plan.ts";
import { kindFitsVerb } from "./kind-fits-verb.ts";
import { noThirdRepeat } from "./no-third-repeat.ts";
import type { Proposal, Rule } from "./rule.ts";
import { textNotEmpty } from "./text-not-empty.ts";

/** In this order, because the later ones take the earlier for granted. */
const rules: readonly Rule[] = [
  elementOnScreen,
  elementEnabled,
  kindFitsVerb,
  textNotEmpty,
  appInstalled,
  noThirdRepeat,
  finishWithOpenPlan,
];

/** AndroidGen's AutoCheck: the first objection to an action, or nothing where it may be carried out. */
export function autoCheck(proposal: Proposal): Refusal | undefined {
  for (const rule of rules) {
    const reason = rule.objection(proposal);
    if (reason !== undefined) return { rule: rule.name, reason };
  }
  return undefined;
}
