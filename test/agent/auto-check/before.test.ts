import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import type { Action, Direction, OfferedApi } from "../../../src/action/index.ts";
import type { Observation, PlanItem } from "../../../src/agent/agent.ts";
import { autoCheckRules, createAutoCheck } from "../../../src/agent/auto-check/auto-check.ts";
import type { Element } from "../../../src/screen/index.ts";
import { element, observation, pastStep, screenOf } from "../support.ts";

const on = (index: number) => ({ kind: "element", index }) as const;
const openPlan: PlanItem[] = [
  { text: "Open Settings.", done: true },
  { text: "Turn on Wi-Fi.", done: false },
];

function check(action: Action, about: Partial<Observation> = {}, plan: PlanItem[] = []) {
  const reply = { ok: true, action, thought: "", code: "" } as const;
  return createAutoCheck().before(reply, observation(about), plan);
}

test("grammar refuses what cannot be read, in the words of the codec", () => {
  const reply = { ok: false, reason: "there is no action Fly" } as const;
  const refusal = { rule: "grammar", reason: "there is no action Fly" };
  expect(createAutoCheck().before(reply, observation(), [])).toEqual(refusal);
  expect(createAutoCheck(["grammar"]).before(reply, observation(), [])).toBeUndefined();
});

describe("element-on-screen", () => {
  test.each<Action>([
    { type: "tap", target: on(99) },
    { type: "inputText", target: on(99), text: "x" },
    { type: "scroll", target: on(99), direction: "down" },
    { type: "swipe", target: on(99), direction: "down" },
    { type: "swipe", target: on(2), direction: "down", to: on(99) },
  ])("refuses $type on a number that is not in the list", (action) => {
    expect(check(action)).toMatchObject({ rule: "element-on-screen" });
  });

  test("lets elements of the list and points pass", () => {
    expect(check({ type: "tap", target: on(2) })).toBeUndefined();
    expect(check({ type: "tap", target: { kind: "point", x: 1, y: 1 } })).toBeUndefined();
    expect(check({ type: "swipe", target: on(2), direction: "down", to: on(4) })).toBeUndefined();
  });
});

describe("element-visible", () => {
  const tapOn = (fields: Partial<Element>, size = {}) =>
    check(
      { type: "tap", target: on(0) },
      { screen: screenOf([element(0, { text: "Save", ...fields })], size) },
    );
  const below = { left: 0, top: 2400, right: 1080, bottom: 2500 };

  test.each<[string, Partial<Element>]>([
    ["lies outside the screen", { bounds: below }],
    ["is covered", { visibleFraction: 0 }],
    ["can be reached nowhere", { reach: { left: 10, top: 10, right: 10, bottom: 20 } }],
  ])("refuses a touch on what %s, and names it", (_what, fields) => {
    const refusal = tapOn(fields);
    expect(refusal).toMatchObject({ rule: "element-visible" });
    expect(refusal!.reason).toContain('0 (TextView "Save")');
  });

  test("refuses a drag to what is covered", () => {
    const screen = screenOf([element(0, { text: "Card" }), element(1, { text: "Bin", visibleFraction: 0 })]);
    const drag: Action = { type: "swipe", target: on(0), direction: "down", to: on(1) };
    expect(check(drag, { screen })).toEqual({
      rule: "element-visible",
      reason: expect.stringContaining('1 (TextView "Bin")'),
    });
  });

  test("lets what is partly covered be touched: the device aims at what is free of it", () => {
    const reach = { left: 0, top: 0, right: 100, bottom: 100 };
    expect(tapOn({ visibleFraction: 0.1, reach })).toBeUndefined();
  });

  test("does not object where bounds, or the screen's size, are not known", () => {
    expect(tapOn({ bounds: { left: 0, top: 0, right: 0, bottom: 0 }, visibleFraction: 0 })).toBeUndefined();
    expect(tapOn({ bounds: below }, { width: 0, height: 0 })).toBeUndefined();
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

describe("point-inside", () => {
  const at = (x: number, y: number): Action => ({ type: "tap", target: { kind: "point", x, y } });

  test.each([
    [1080, 10],
    [10, 2400],
    [-1, 10],
    [10, -0.5],
    [Number.NaN, 10],
  ])("refuses the point %d, %d", (x, y) => {
    expect(check(at(x, y))).toMatchObject({ rule: "point-inside" });
    const to = { kind: "point", x, y } as const;
    expect(check({ type: "swipe", target: on(2), direction: "up", to })).toMatchObject({
      rule: "point-inside",
    });
  });

  test("lets the corners pass, and any point where the size is not known", () => {
    expect(check(at(0, 0))).toBeUndefined();
    expect(check(at(1079, 2399))).toBeUndefined();
    expect(check(at(5000, 10), { screen: screenOf([], { width: 0, height: 0 }) })).toBeUndefined();
  });
});

describe("direction-fits", () => {
  const bounds = { left: 0, top: 200, right: 1080, bottom: 2000 };
  const list = element(0, { scrollable: true, bounds, more: ["down"] });
  const scroll = (direction: Direction): Action => ({ type: "scroll", direction, target: on(0) });
  const on0 = (elements: Element[]) => ({ screen: screenOf(elements) });

  test("refuses to scroll a list sideways", () => {
    const refusal = check(scroll("left"), on0([list]));
    expect(refusal).toMatchObject({ rule: "direction-fits" });
    expect(refusal!.reason).toContain("goes on down, not left");
    const row = { ...list, more: ["left", "right"] } satisfies Element;
    expect(check(scroll("up"), on0([row]))).toMatchObject({ rule: "direction-fits" });
  });

  test("lets it be scrolled both ways: where it ends is not certain", () => {
    expect(check(scroll("down"), on0([list]))).toBeUndefined();
    expect(check(scroll("up"), on0([list]))).toBeUndefined();
  });

  test("says nothing where pages lie around it, where nothing is known, and of swipes over rows", () => {
    const pages = element(1, { scrollable: true, bounds: { ...bounds, top: 0 } });
    expect(check(scroll("left"), on0([list, pages]))).toBeUndefined();
    const { more: _, ...unknown } = list;
    expect(check(scroll("left"), on0([unknown]))).toBeUndefined();
    expect(check({ ...scroll("left"), type: "swipe" } as Action, on0([list]))).toBeUndefined();
    const below = element(1, { scrollable: true, bounds: { ...bounds, top: 2000, bottom: 2300 } });
    expect(check(scroll("left"), on0([list, below]))).toMatchObject({ rule: "direction-fits" });
  });
});

describe("api-offered and api-arguments", () => {
  const apis: OfferedApi[] = [
    {
      name: "clock.set-alarm",
      description: "Set an alarm",
      params: [{ name: "hour", type: "number", description: "Hour", optional: false, min: 0, max: 23 }],
    },
  ];
  const call = (name: string, args: Record<string, string | number>): Action => ({
    type: "callApi",
    name,
    args,
  });

  test("refuse what is not offered, and name what is", () => {
    const refusal = check(call("sms.send", {}), { apis });
    expect(refusal).toMatchObject({ rule: "api-offered" });
    expect(refusal!.reason).toContain("there are clock.set-alarm");
    expect(check(call("sms.send", {}))!.reason).toContain("there are none here");
  });

  test("refuse arguments that do not fit", () => {
    expect(check(call("clock.set-alarm", {}), { apis })).toMatchObject({ rule: "api-arguments" });
    expect(check(call("clock.set-alarm", { hour: 24 }), { apis })).toMatchObject({ rule: "api-arguments" });
  });

  test("let a call that fits pass", () => {
    expect(check(call("clock.set-alarm", { hour: 7 }), { apis })).toBeUndefined();
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

  test("a screen of which there is only a picture does not tell its fields", () => {
    expect(check({ type: "inputText", text: "wifi" }, { screen: screenOf([]) })).toBeUndefined();
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

  test.each([" clock", "Clock app", "Google Clock", "clock-app", "com.example.maps", "set tings"])(
    "leaves %j to the device, which knows more names",
    (app) => {
      expect(check({ type: "openApp", app })).toBeUndefined();
    },
  );

  test.each(["Maps app", "the Maps", "Clockwork", ""])("refuses %j", (app) => {
    expect(check({ type: "openApp", app })).toMatchObject({ rule: "app-installed" });
  });

  test("does not mind an unknown list", () => {
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

describe("rules", () => {
  test("can be left out one by one", () => {
    const reply = { ok: true, action: { type: "tap", target: on(3) }, thought: "", code: "" } as const;
    expect(createAutoCheck(["element-on-screen"]).before(reply, observation(), [])).toMatchObject({
      rule: "element-enabled",
    });
    expect(createAutoCheck(["element-enabled"]).before(reply, observation(), [])).toBeUndefined();
  });

  test("have these names, which records and filters hold", () => {
    expect(autoCheckRules).toEqual([
      "grammar",
      "element-on-screen",
      "element-visible",
      "element-enabled",
      "point-inside",
      "kind-fits-verb",
      "text-not-empty",
      "app-installed",
      "api-offered",
      "api-arguments",
      "direction-fits",
      "no-third-repeat",
      "finish-with-open-plan",
      "app-in-front",
      "text-in-field",
      "screen-changed",
    ]);
  });

  test("are all told of in their document, in their order", async () => {
    const docs = await readFile("docs/auto-check.md", "utf8");
    const told = [...docs.matchAll(/^\| `([a-z-]+)` \|/gmu)].map((match) => match[1]);
    expect(told).toEqual(autoCheckRules);
  });

  test("of other names are a mistake of the user's, and the message lists those there are", () => {
    expect(() => createAutoCheck(["element-there"])).toThrow(
      expect.objectContaining({
        code: "RULE_UNKNOWN",
        class: "config",
        message: expect.stringMatching(/"element-there"; its rules are grammar, .*screen-changed/u),
      }),
    );
  });
});
