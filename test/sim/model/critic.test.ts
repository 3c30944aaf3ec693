import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { PastStep } from "../../../src/agent/index.ts";
import { stepCriticPrompt } from "../../../src/critic/prompts/step-critic.v2.ts";
import { answerPrompt } from "../../../src/sim/model/answer.ts";
import { type PhoneUser, usePhone } from "../../support/phone.ts";
import { carryOut, look } from "./carry-out.ts";

let user: PhoneUser;
beforeEach(() => {
  user = usePhone();
});
afterEach(() => {
  user.device.close();
});

/** What the scripted critic says of these steps and the phone's screen as it is now. */
function criticise(goal: string, steps: readonly PastStep[]): [condition: string, step: number][] {
  const prompt = stepCriticPrompt.user({ goal, steps, lastScreens: [look(user)] });
  const reply = answerPrompt(prompt, { seed: 1, errorRate: 0, requestSeed: 1 });
  const { conditions } = JSON.parse(reply) as { conditions: { condition: string; step: number }[] };
  return conditions.map(({ condition, step }) => [condition, step]);
}

/** The same step, but with an end that came too early. */
function endedBy(step: PastStep, message: string): PastStep {
  const response = step.response.replace(/```\n.*\n```/u, `\`\`\`\nexit(message="${message}")\n\`\`\``);
  return { ...step, response, action: { type: "finish", status: "complete", message } };
}

describe("the scripted critic", () => {
  const goal = "Turn off Wi-Fi.";

  test("finds the round after which each condition was met", () => {
    const { steps } = carryOut(user, goal);
    expect(criticise(goal, steps)).toEqual([
      ["Open the Settings app.", 1],
      ["Go to Network & internet, Internet.", 3],
      ["Switch Wi-Fi off.", 4],
    ]);
  });

  test("sees by the final screen what is left to do, whatever the agent says", () => {
    const { steps } = carryOut(user, goal, { budget: 3 });
    const ended = [...steps.slice(0, 2), endedBy(steps[2]!, "Wi-Fi is off.")];
    // It came as far as the page with the switch.
    expect(criticise(goal, ended).map(([, step]) => step)).toEqual([1, 2, -1]);
  });

  test("takes a question for answered only by the right answer", () => {
    const question = "Which Android version is on this phone? Answer with the number.";
    const { steps } = carryOut(user, question);
    const wrong = [...steps.slice(0, -1), endedBy(steps.at(-1)!, "Done.")];
    expect(criticise(question, steps).at(-1)![1]).toBe(steps.length - 1);
    expect(criticise(question, wrong).at(-1)![1]).toBe(-1);
  });

  test("grants nothing to a goal that nobody has rules for", () => {
    const { steps } = carryOut(user, "Order a pizza.");
    expect(criticise("Order a pizza.", steps).map(([, step]) => step)).toEqual([-1]);
  });
});
