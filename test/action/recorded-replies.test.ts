import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type Action, androidGenCode } from "../../src/action/index.ts";
import { fixtureTest } from "../support/require.ts";

interface RecordedStep {
  response: string;
  parsed_action: { operation: string; action?: string; kwargs: Record<string, string> };
}

const folder = "androidgen-traces";

/** What the original's reader made of a step, in our words. It dropped the element of a swipe. */
function asAction({ operation, action, kwargs }: RecordedStep["parsed_action"]): Action {
  const target = { kind: "element" as const, index: Number(kwargs["element_id"]) };
  switch (action ?? operation) {
    case "Click":
      return { type: "tap", target };
    case "Input_text":
      return { type: "inputText", text: kwargs["text"]!, target };
    case "Scroll":
      return { type: "scroll", direction: kwargs["direction"] as "down" };
    case "Swipe":
      return { type: "swipe", direction: kwargs["direction"] as "right", target: expect.anything() as never };
    case "open_app":
      return { type: "openApp", app: kwargs["app_name"]! };
    case "exit":
      return { type: "finish", status: "complete", message: kwargs["message"]! };
    default:
      throw new Error(`a recorded step of a kind this test does not know: ${operation} ${action}`);
  }
}

fixtureTest(folder, (root) => {
  const steps = readdirSync(root).flatMap((trace) =>
    readFileSync(join(root, trace, "record.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedStep),
  );

  test("all recorded replies are there", () => {
    expect(steps).toHaveLength(42);
  });

  test.each(steps.map((step, i) => [i, step] as const))("recorded reply %i is read as it was", (_, step) => {
    const parsed = androidGenCode.parse(step.response);
    expect(parsed).toMatchObject({ ok: true, action: asAction(step.parsed_action) });
    expect(parsed.ok && parsed.thought).toContain("* Analysis:");
  });
});
