import { describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { autoCheck } from "../../src/agent/auto-check/auto-check.ts";
import type { Observation, PlanItem } from "../../src/agent/index.ts";
import { element, observation, pastStep, screenOf, settingsScreen } from "./support.ts";

const on = (index: number) => ({ kind: "element", index }) as const;
const openPlan: PlanItem[] = [
  { text: "Open Settings.", done: true },
  { text: "Turn on Wi-Fi.", done: false },
];

function check(action: Action, about: Partial<Observation> = {}, plan: PlanItem[] = []) {
  return autoCheck({ action, observation: observation(about), plan });
}

describe("element-on-screen", () => {
  test.each<Action>([
    { type: "tap", target: on(99) },
    { type: "inputText", target: on(99), text: "x" },
    { type: "scroll", target: on(99), direction: "down" },
  ])("refuses $type on a number that is not in the list", (action) => {
    expect(check(action)).toMatchObject({ rule: "element-on-screen" });
  });

  test("lets elements of the list and points pass", () => {
    expect(check({ type: "tap", target: on(2) })).toBeUndefined();
    expect(check({ type: "tap", target: { kind: "point", x: 1, y: 1 } })).toBeUndefined();
  });
});

describe("element-enabled", () => {
  test("refuses a touch on a disabled element and names it", () => {
    const refusal = check({ type: "tap", target: on(3) });
    expect(refusal).toMatchObject({ rule: "element-enabled" });
    expect(refusal!.reason).toContain('3 (Switch "Wi-Fi")');
  });

  test("lets a list be scrolled at a disabled element", () => {
    expect(check({ type: "scroll", target: on(3), direction: "down" })).toBeUndefined();
  });
});

describe("kind-fits-verb", () => {
  test("refuses text for what is no field, and names the fields", () => {
    const refusal = check({ type: "inputText", target: on(2), text: "wifi" });
    expect(refusal).toMatchObject({ rule: "kind-fits-verb" });
    expect(refusal!.reason).toContain('1 (EditText "Search settings")');
  });

  test("names a field that says nothing itself by what stands beside it", () => {
    const screen = screenOf([
      element(0, { text: "First name" }),
      element(1, { className: "android.widget.EditText", editable: true, label: "First name" }),
    ]);
    const refusal = check({ type: "inputText", target: on(0), text: "Ada" }, { screen });
    expect(refusal!.reason).toContain('the text fields of this screen are 1 (EditText "First name")');
  });

  test("text without a target needs a focused field", () => {
    expect(check({ type: "inputText", text: "wifi" })).toMatchObject({ rule: "kind-fits-verb" });
    const focused = element(0, { editable: true, focused: true });
    expect(check({ type: "inputText", text: "wifi" }, { screen: screenOf([focused]) })).toBeUndefined();
  });

  test("says so where there is no field at all", () => {
    const screen = screenOf([element(0, { text: "Hello" })]);
    const refusal = check({ type: "inputText", target: on(0), text: "wifi" }, { screen });
    expect(refusal!.reason).toContain("no text field");
  });

  test("lets text into a field", () => {
    expect(check({ type: "inputText", target: on(1), text: "wifi" })).toBeUndefined();
  });
});

describe("text-not-empty", () => {
  test.each<Action>([
    { type: "inputText", target: on(1), text: " " },
    { type: "quote", content: "" },
    { type: "answer", text: "\n" },
  ])("refuses $type without text", (action) => {
    expect(check(action)).toMatchObject({ rule: "text-not-empty" });
  });

  test("lets a note pass", () => {
    expect(check({ type: "quote", content: "the code is 7" })).toBeUndefined();
  });
});

describe("app-installed", () => {
  test("refuses an app that is not there, and lists those that are", () => {
    const refusal = check({ type: "openApp", app: "Maps" });
    expect(refusal).toMatchObject({ rule: "app-installed" });
    expect(refusal!.reason).toContain("Settings, Clock");
  });

  test("does not mind case and spaces, nor an unknown list", () => {
    expect(check({ type: "openApp", app: " clock" })).toBeUndefined();
    expect(check({ type: "openApp", app: "Maps" }, { apps: [] })).toBeUndefined();
  });
});

describe("no-third-repeat", () => {
  const action: Action = { type: "tap", target: on(2) };

  test("refuses the third identical action on an unchanged screen", () => {
    const history = [pastStep(1, { action }), pastStep(2, { action: { type: "tap", target: on(2) } })];
    expect(check(action, { history })).toMatchObject({ rule: "no-third-repeat" });
  });

  test("lets it pass where the screen changed, another action came between, or one was refused", () => {
    const elsewhere = screenOf([element(0, { text: "other" })]);
    const refused = pastStep(2, { refusal: { rule: "grammar", reason: "?" } });
    delete refused.action;
    for (const second of [
      pastStep(2, { action, screen: elsewhere }),
      pastStep(2, { action: { type: "press", key: "back" } }),
      refused,
    ]) {
      expect(check(action, { history: [pastStep(1, { action }), second] })).toBeUndefined();
    }
    expect(check(action, { history: [pastStep(1, { action })] })).toBeUndefined();
  });

  test("sees that a slider moves, which fingerprints do not tell", () => {
    const at = (value: string) =>
      screenOf([element(0, { className: "android.widget.SeekBar", value })], { fingerprint: "volume" });
    const louder: Action = { type: "swipe", target: on(0), direction: "right" };
    const history = ["10.0", "20.0"].map((value, i) => pastStep(i, { action: louder, screen: at(value) }));
    expect(check(louder, { history, screen: at("30.0") })).toBeUndefined();
    const stuck = ["10.0", "10.0"].map((value, i) => pastStep(i, { action: louder, screen: at(value) }));
    expect(check(louder, { history: stuck, screen: at("10.0") })).toMatchObject({ rule: "no-third-repeat" });
  });
});

test("what is partly covered may be touched: the device aims at what is free of it", () => {
  const reach = { left: 0, top: 0, right: 100, bottom: 100 };
  const screen = screenOf([element(0, { text: "Save", clickable: true, visibleFraction: 0.1, reach })]);
  expect(check({ type: "tap", target: on(0) }, { screen })).toBeUndefined();
});

describe("finish-with-open-plan", () => {
  const silent: Action = { type: "finish", status: "complete", message: "" };

  test("refuses a finish without a word while steps are open, and names them", () => {
    const refusal = check(silent, {}, openPlan);
    expect(refusal).toMatchObject({ rule: "finish-with-open-plan" });
    expect(refusal!.reason).toContain("Turn on Wi-Fi.");
    expect(refusal!.reason).not.toContain("Open Settings.");
  });

  test("lets whoever insists go", () => {
    const history = [pastStep(1, { refusal: { rule: "finish-with-open-plan", reason: "open" } })];
    expect(check(silent, { history }, openPlan)).toBeUndefined();
  });

  test.each<[string, Action, PlanItem[]]>([
    ["that says why", { type: "finish", status: "complete", message: "It was on already." }, openPlan],
    ["of a goal that cannot be reached", { type: "finish", status: "infeasible", message: "" }, openPlan],
    ["of a done plan", silent, [{ text: "Turn on Wi-Fi.", done: true }]],
    ["without a plan", silent, []],
  ])("lets a finish %s pass", (_name, action, plan) => {
    expect(check(action, {}, plan)).toBeUndefined();
  });
});

test("a screen that changed since the agent saw it is not AutoCheck's business", () => {
  expect(check({ type: "tap", target: on(0) }, { screen: settingsScreen })).toBeUndefined();
});
