import { describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { findCircle, type PastStep } from "../../src/agent/index.ts";
import { circleText } from "../../src/agent/reflect-plan/circle.ts";
import type { Screen } from "../../src/screen/index.ts";
import { element, pastStep, screenOf } from "./support.ts";

const screens = new Map<string, Screen>();

function screen(name: string): Screen {
  const known = screens.get(name) ?? screenOf([element(0, { text: name })]);
  screens.set(name, known);
  return known;
}

const tap = (index: number): Action => ({ type: "tap", target: { kind: "element", index } });

/** Rounds such as `A1`: a tap on element 1 of screen A; `Aw` waits there, `Ar` is refused, `Af` comes to nothing. */
function rounds(moves: string): PastStep[] {
  return moves.split(" ").map((move, i) => {
    const { response } = pastStep(i + 1);
    const [name, what] = move as unknown as [string, string];
    const step = { number: i + 1, screen: screen(name), response };
    if (what === "w") return { ...step, action: { type: "wait", ms: 1000 } };
    if (what === "r") return { ...step, refusal: { rule: "grammar", reason: `no code ${i}` } };
    if (what === "f")
      return { ...step, action: tap(i), finding: { rule: "screen-changed", reason: "nothing" } };
    return { ...step, action: tap(Number(what)) };
  });
}

describe("a circle", () => {
  test.each([
    ["the same tap, and the screen stays", "A1 A1", "A", "same-again", [1, 2]],
    ["A-B-A-B, before the second B is left", "A1 B2 A1", "B", "same-again", [1, 3]],
    ["A-B-C-A-B-C", "X9 A1 B2 C3 A1", "B", "same-again", [2, 5]],
    ["replies refused for the same reason", "Ar Ar", "A", "same-again", [1, 2]],
    ["three waits", "Aw Aw Aw", "A", "tried-often", [1, 2, 3]],
    [
      "the same tap three times of late, with other ways between",
      "A1 B1 C1 D1 A1 E1 F1 G1 A1",
      "H",
      "tried-often",
      [1, 5, 9],
    ],
    ["nothing works", "A1 Ar Bf Cr", "D", "nothing-works", [2, 3, 4]],
  ])("is found: %s", (_, moves, now, kind, numbers) => {
    expect(findCircle(rounds(moves), screen(now))).toEqual({ kind, rounds: numbers });
  });

  test.each([
    ["one step", "A1", "A"],
    ["two waits", "Aw Aw", "A"],
    ["the same tap on screens that differ", "A1 B1 C1", "D"],
    ["the same tap that now leads elsewhere", "A1 B2 A1", "C"],
    ["a long way round", "A1 B1 C1 D1 E1 A1", "B"],
    ["two failures", "A1 Bf Cr", "D"],
    ["failures with a success between", "Af B1 Cf Dr", "E"],
    ["a tap that was tried three times, but long ago", "A1 A1 B1 A1 C1 D1 E1", "F"],
  ])("is not: %s", (_, moves, now) => {
    expect(findCircle(rounds(moves), screen(now))).toBeUndefined();
  });

  test("is none before anything was done", () => {
    expect(findCircle([], screen("A"))).toBeUndefined();
  });

  test("is none while a slider moves", () => {
    const at = (value: string) => screenOf([element(1, { value })], { fingerprint: "slider" });
    const steps = [at("10"), at("20")].map((seen, i) => pastStep(i + 1, { screen: seen, action: tap(1) }));
    expect(findCircle(steps, at("30"))).toBeUndefined();
    expect(
      findCircle([...steps.slice(1), pastStep(2, { screen: at("20"), action: tap(1) })], at("20")),
    ).toMatchObject({
      kind: "same-again",
    });
  });

  test("is told in words that name rounds, and nothing that stands on a screen", () => {
    expect(circleText({ kind: "tried-often", rounds: [1, 5, 9] })).toBe(
      "Rounds 1, 5 and 9 did the same on the same screen.",
    );
  });
});
