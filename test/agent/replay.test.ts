import { describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import type { PastStep } from "../../src/agent/index.ts";
import { findAgain } from "../../src/agent/replay/find-again.ts";
import { createReplayAgent } from "../../src/agent/replay/replay.ts";
import type { Screen } from "../../src/screen/index.ts";
import { element, observation, pastStep, screenOf } from "./support.ts";

const row = (index: number, text: string) => element(index, { text, resourceId: "app:id/row" });
const toggle = (index: number) =>
  element(index, { className: "android.widget.Switch", resourceId: "app:id/on" });

describe("an element of a recorded screen on another one", () => {
  test("is found by id, class and words, whatever its number", () => {
    const recorded = screenOf([row(0, "Wi-Fi"), row(1, "Bluetooth")]);
    const live = screenOf([row(0, "Airplane mode"), row(1, "Bluetooth"), row(2, "Wi-Fi")]);
    expect(findAgain(recorded.elements[0]!, recorded, live)?.index).toBe(2);
  });

  test("of several that are alike is the one at the same place, if there are as many", () => {
    const recorded = screenOf([row(0, "Wi-Fi"), toggle(1), toggle(2)]);
    const live = screenOf([toggle(0), row(1, "Wi-Fi"), toggle(2)]);
    expect(findAgain(recorded.elements[2]!, recorded, live)?.index).toBe(2);
    const more = screenOf([toggle(0), toggle(1), toggle(2)]);
    expect(findAgain(recorded.elements[2]!, recorded, more)).toBeUndefined();
  });

  test("is found by its words where the app has other ids, by its id where it has other words", () => {
    const recorded = screenOf([element(0, { text: "Save", resourceId: "app:id/save" })]);
    const renamed = screenOf([row(0, "x"), element(1, { text: "Save", resourceId: "app:id/ok" })]);
    expect(findAgain(recorded.elements[0]!, recorded, renamed)?.index).toBe(1);
    const reworded = screenOf([row(0, "x"), element(1, { text: "Keep", resourceId: "app:id/save" })]);
    expect(findAgain(recorded.elements[0]!, recorded, reworded)?.index).toBe(1);
  });

  test("is not taken for one with only its class", () => {
    const recorded = screenOf([element(0, { text: "Save" })]);
    expect(
      findAgain(recorded.elements[0]!, recorded, screenOf([element(0, { text: "Delete" })])),
    ).toBeUndefined();
  });
});

describe("a replay", () => {
  const recorded = screenOf([row(0, "Wi-Fi"), row(1, "Bluetooth")]);
  const live = screenOf([row(0, "Bluetooth"), row(1, "Wi-Fi")]);
  const tapWifi: Action = { type: "tap", target: { kind: "element", index: 0 } };
  const end: Action = { type: "finish", status: "complete", message: "on" };
  const recording = (...actions: Action[]) =>
    actions.map((action) => ({ action, thought: "so I thought", screen: recorded }));

  /** Decides, carries out what was not refused, and so on until the end or `rounds`. */
  async function play(actions: Action[], screen: Screen, rounds: number) {
    const agent = createReplayAgent(recording(...actions));
    const history: PastStep[] = [];
    const made = [];
    for (let number = 1; number <= rounds; number++) {
      const decision = await agent.decide(observation({ screen, history: [...history] }));
      made.push(decision);
      if (decision.action?.type === "finish") break;
      const { action, refusal, response } = decision;
      history.push(
        pastStep(number, {
          screen,
          response,
          ...(action === undefined ? {} : { action }),
          ...(refusal === undefined ? {} : { refusal }),
        }),
      );
    }
    return made;
  }

  test("does the recorded actions in order, each aimed at the live screen", async () => {
    const made = await play([tapWifi, { type: "press", key: "back" }, end], live, 9);
    expect(made.map(({ action }) => action)).toEqual([
      { type: "tap", target: { kind: "element", index: 1 } },
      { type: "press", key: "back" },
      end,
    ]);
    expect(made[0]).toMatchObject({ thought: "so I thought", plan: [] });
    expect(made[0]!.response).toContain('do(action="Click", element_id="1")');
  });

  test("aims points at the same place of a screen of another size", async () => {
    const tapPoint: Action = { type: "tap", target: { kind: "point", x: 540, y: 1200 } };
    const small = screenOf([], { width: 720, height: 1600 });
    const [first] = await play([tapPoint], small, 1);
    expect(first!.action).toEqual({ type: "tap", target: { kind: "point", x: 360, y: 800 } });
  });

  test("tries a missing element again, and gives up after three refusals in a row", async () => {
    const made = await play([tapWifi, end], screenOf([row(0, "Sound")]), 9);
    expect(made.map(({ refusal }) => refusal?.rule)).toEqual([
      "replay-element",
      "replay-element",
      "replay-element",
      undefined,
    ]);
    expect(made[0]!.refusal!.reason).toContain('no TextView "Wi-Fi"');
    expect(made[3]!.action).toMatchObject({ type: "finish", status: "infeasible" });
  });

  test("goes on with the same step once the screen has come", async () => {
    const agent = createReplayAgent(recording(tapWifi, end));
    const empty = screenOf([]);
    const { refusal } = await agent.decide(observation({ screen: empty }));
    const history = [pastStep(1, { screen: empty, refusal: refusal! })];
    const { action } = await agent.decide(observation({ screen: live, history }));
    expect(action).toEqual({ type: "tap", target: { kind: "element", index: 1 } });
  });

  test("does not claim success where the recording never did", async () => {
    const made = await play([tapWifi], live, 9);
    expect(made.at(-1)!.action).toMatchObject({ type: "finish", status: "infeasible" });
  });
});
