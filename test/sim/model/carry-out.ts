import { type Action, androidGenCode, locate, strokeOf } from "../../../src/action/index.ts";
import { type PastStep, planPrompt, policyPrompt } from "../../../src/agent/index.ts";
import { buildScreen, type Screen } from "../../../src/screen/index.ts";
import { apps } from "../../../src/sim/apps/index.ts";
import { answerPrompt } from "../../../src/sim/model/answer.ts";
import type { PhoneUser } from "../../support/phone.ts";

export interface CarriedOut {
  steps: PastStep[];
  /** Absent where the budget was used up. */
  end?: Extract<Action, { type: "finish" }>;
}

export interface CarryOutOptions {
  budget?: number;
  errorRate?: number;
  requestSeed?: number;
}

const key = { home: 3, back: 4, enter: 66, recents: 187, a: 29, ctrl: 113 };
/** About what a picture and a tree take on an emulator. */
const lookMs = 1500;

/** Lets the scripted model work on a simulated phone, without sockets between them. */
export function carryOut(user: PhoneUser, goal: string, options: CarryOutOptions = {}): CarriedOut {
  const { budget = 20, errorRate = 0, requestSeed = 1 } = options;
  const steps: PastStep[] = [];
  for (let number = 1; number <= budget; number++) {
    const screen = look(user);
    const response = ask(goal, screen, steps, { errorRate, requestSeed, stepsLeft: budget - number + 1 });
    const parsed = androidGenCode.parse(response);
    if (!parsed.ok) {
      steps.push({ number, screen, response, refusal: { rule: "grammar", reason: parsed.reason } });
      continue;
    }
    const { action } = parsed;
    steps.push({ number, screen, response, action });
    if (action.type === "finish") return { steps, end: action };
    perform(user, action, screen);
  }
  return { steps };
}

export function firstPlan(user: PhoneUser, goal: string): string {
  const screen = look(user);
  const prompt = planPrompt.user({ goal, screen, apps: [] });
  return answerPrompt(prompt, { seed: 1, errorRate: 0, requestSeed: 1 });
}

export function look({ device }: PhoneUser): Screen {
  const { phone } = device;
  const { windows } = phone;
  phone.clock.advance(lookMs);
  phone.tick();
  const { package: packageName, activity } = phone.activities.top();
  return buildScreen({
    width: windows.width,
    height: windows.height,
    package: packageName,
    activity,
    treeSource: "uiautomator",
    xml: windows.dump(),
    secure: false,
    keyboardShown: windows.keyboardShown,
    capturedAt: 0,
  });
}

function ask(
  goal: string,
  screen: Screen,
  history: readonly PastStep[],
  options: { errorRate: number; requestSeed: number; stepsLeft: number },
): string {
  const { errorRate, requestSeed, stepsLeft } = options;
  const prompt = policyPrompt.user({
    goal,
    plan: [],
    experiences: [],
    history,
    historySteps: 10,
    historyTokens: 4000,
    screen,
    apps: [],
    stepsLeft,
  });
  return answerPrompt(prompt, { seed: 1, errorRate, requestSeed });
}

function perform(user: PhoneUser, action: Action, screen: Screen): void {
  const { windows } = user.device.phone;
  switch (action.type) {
    case "tap":
    case "longPress": {
      const point = locate(action.target, screen);
      if (!point.ok) throw new Error(point.reason);
      windows[action.type](point.at.x, point.at.y);
      return;
    }
    case "inputText": {
      const point = locate(action.target!, screen);
      if (!point.ok) throw new Error(point.reason);
      windows.tap(point.at.x, point.at.y);
      windows.key(key.a, [key.ctrl]);
      windows.commitText(action.text);
      return;
    }
    case "scroll":
    case "swipe": {
      const stroke = strokeOf(action, screen);
      if (!stroke.ok) throw new Error(stroke.reason);
      const { from, to } = stroke.at;
      windows.swipe(from.x, from.y, to.x, to.y, 400);
      return;
    }
    case "press":
      windows.key(key[action.key]);
      return;
    case "openApp": {
      const app = apps.find(({ label }) => label === action.app);
      if (app !== undefined) user.open(app.package);
      return;
    }
    case "wait":
      user.wait(action.ms);
      return;
    case "answer":
    case "callApi":
    case "doubleTap":
    case "finish":
    case "quote":
      throw new Error(`the scripted model is not known to use ${action.type}`);
  }
}
