import type { ParsedAction } from "../../action/index.ts";
import { configError } from "../../errors.ts";
import type { Finding, Observation, PlanItem, Refusal } from "../agent.ts";
import { apiArguments } from "./api-arguments.ts";
import { apiOffered } from "./api-offered.ts";
import { appInFront } from "./app-in-front.ts";
import { appInstalled } from "./app-installed.ts";
import { directionFits } from "./direction-fits.ts";
import { elementEnabled } from "./element-enabled.ts";
import { elementOnScreen } from "./element-on-screen.ts";
import { elementVisible } from "./element-visible.ts";
import { finishWithOpenPlan } from "./finish-with-open-plan.ts";
import { kindFitsVerb } from "./kind-fits-verb.ts";
import { noThirdRepeat } from "./no-third-repeat.ts";
import { pointInside } from "./point-inside.ts";
import { type AfterRule, type Known, outcomeOf, type Rule } from "./rule.ts";
import { screenChanged } from "./screen-changed.ts";
import { textInField } from "./text-in-field.ts";
import { textNotEmpty } from "./text-not-empty.ts";

/** The reply must be readable; the codec says why it is not. */
const grammar = "grammar";

/** In this order, because the later ones take the earlier for granted. */
const rulesBefore: readonly Rule[] = [
  elementOnScreen,
  elementVisible,
  elementEnabled,
  pointInside,
  kindFitsVerb,
  textNotEmpty,
  appInstalled,
  apiOffered,
  apiArguments,
  directionFits,
  noThirdRepeat,
  finishWithOpenPlan,
];

const rulesAfter: readonly AfterRule[] = [appInFront, textInField, screenChanged];

/** Every rule by name: first those for replies, in their order, then those for what became of an action. */
export const autoCheckRules: readonly string[] = [
  grammar,
  ...[...rulesBefore, ...rulesAfter].map((rule) => rule.name),
];

/** AndroidGen's AutoCheck, with a second look after each action. */
export interface AutoCheck {
  /** The first objection to a reply; nothing where its action may be carried out, or cannot be read and no rule says so. */
  before(reply: ParsedAction, observation: Known, plan: readonly PlanItem[]): Refusal | undefined;
  /** What the screen shows to be wrong with the last step's action. */
  after(observation: Pick<Observation, "screen" | "history" | "packages">): Finding | undefined;
}

/** AutoCheck without the rules that are named. Throws `RULE_UNKNOWN` (`config`) for a name that is no rule's. */
export function createAutoCheck(rulesOff: readonly string[] = []): AutoCheck {
  assertRules(rulesOff);
  const isOn = (name: string) => !rulesOff.includes(name);
  const before = rulesBefore.filter((rule) => isOn(rule.name));
  const after = rulesAfter.filter((rule) => isOn(rule.name));
  return {
    before(reply, observation, plan) {
      if (!reply.ok) return isOn(grammar) ? { rule: grammar, reason: reply.reason } : undefined;
      for (const rule of before) {
        const reason = rule.objection({ action: reply.action, observation, plan });
        if (reason !== undefined) return { rule: rule.name, reason };
      }
      return undefined;
    },
    after(observation) {
      const last = observation.history.at(-1);
      const outcome = last && outcomeOf(last, observation);
      if (outcome === undefined) return undefined;
      for (const rule of after) {
        const reason = rule.fault(outcome);
        if (reason !== undefined) return { rule: rule.name, reason };
      }
      return undefined;
    },
  };
}

/** Throws `RULE_UNKNOWN` (`config`), which lists the rules, where one of the names is no rule's. */
function assertRules(names: readonly string[]): void {
  const unknown = names.find((name) => !autoCheckRules.includes(name));
  if (unknown === undefined) return;
  throw configError(
    "RULE_UNKNOWN",
    `AutoCheck has no rule ${JSON.stringify(unknown)}; its rules are ${autoCheckRules.join(", ")}.`,
  );
}
