import { type Action, androidGenCode } from "../../action/index.ts";
import { listing } from "../../screen/index.ts";
import type { Agent, Observation } from "../agent.ts";
import { appInstalled } from "../auto-check/app-installed.ts";
import { elementOnScreen } from "../auto-check/element-on-screen.ts";
import { replyOf } from "../reply.ts";
import { readShortForm, shortFormsHelp } from "./short-forms.ts";

/**
 * Shows a text to a person and gives the line they type. Throws where no line will come: `HUMAN_INPUT_ENDED`
 * (`config`), or the reason of a stop.
 */
export type AskPerson = (text: string) => Promise<string>;

/**
 * A person as the agent: told the goal and the listing, and asked for one action. A line that cannot be read, or that
 * names what is not there, costs no step: they are told why and asked again. Their episodes are recorded like any
 * other, which makes them demonstrations.
 */
export function createHumanAgent(ask: AskPerson): Agent {
  return {
    async decide(observation) {
      let text = describe(observation);
      for (;;) {
        const read = readLine(await ask(text), observation);
        if (typeof read !== "string") {
          const code = androidGenCode.format(read);
          return { action: read, thought: "", response: replyOf(code), plan: [], experiences: [] };
        }
        text = read;
      }
    },
  };
}

/** The action of a line, or what to say to whoever typed it. */
function readLine(line: string, observation: Observation): Action | string {
  if (/^(?:|\?|help)$/iu.test(line.trim())) return shortFormsHelp;
  const short = readShortForm(line);
  const parsed = short === undefined ? androidGenCode.parse(line) : { ok: true as const, action: short };
  if (!parsed.ok) return `That is no action: ${parsed.reason}\n${shortFormsHelp}`;
  const proposal = { action: parsed.action, observation, plan: [] };
  const objection = elementOnScreen.objection(proposal) ?? appInstalled.objection(proposal);
  return objection === undefined ? parsed.action : `That cannot be done: ${objection}.`;
}

function describe({ goal, screen, history, apps, stepsLeft }: Observation): string {
  const last = history.at(-1);
  const first = last === undefined;
  const lines = [
    "",
    `Goal: ${goal}`,
    `Step ${history.length + 1}, ${stepsLeft} left with this one. App in front: ${screen.package || "unknown"}`,
    ...(last?.refusal === undefined ? [] : [`The last action was not carried out: ${last.refusal.reason}`]),
    ...(last?.output === undefined ? [] : [`The last action gave: ${last.output}`]),
    ...(first ? [`Apps: ${apps.join(", ") || "unknown"}`] : []),
    listing(screen),
    ...(first ? ["", shortFormsHelp] : []),
  ];
  return lines.join("\n");
}
