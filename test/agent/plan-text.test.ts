import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatPlan, parsePlan } from "../../src/agent/index.ts";

describe("plan text", () => {
  test("is read in the forms in which models write it", () => {
    const reply = `Here is the plan:

1. Open the "Settings" app. State: [Done]
2) **Turn off Wi-Fi.** State: Todo
- 3. Go back. **State: [TODO]**
Step 4: Look whether it worked. State: [done].

Good luck!`;
    expect(parsePlan(reply)).toEqual({
      ok: true,
      plan: [
        { text: 'Open the "Settings" app.', done: true },
        { text: "Turn off Wi-Fi.", done: false },
        { text: "Go back.", done: false },
        { text: "Look whether it worked.", done: true },
      ],
    });
  });

  test.each(["", "I cannot help with that.", "1. Open Settings.", "State: [Todo]"])(
    "is not found in %j",
    (reply) => {
      expect(parsePlan(reply)).toMatchObject({ ok: false });
    },
  );

  test("of endless length is refused", () => {
    const reply = Array.from({ length: 30 }, (_, i) => `${i + 1}. Tap. State: [Todo]`).join("\n");
    expect(parsePlan(reply)).toMatchObject({ ok: false, reason: expect.stringContaining("too many") });
  });

  test.each(["1. ".padEnd(200_000, "a "), "1.".padEnd(200_000), "1. a State: ".padEnd(200_000, "* ")])(
    "is sought in no more than the ends of a line, however long",
    (line) => {
      expect(parsePlan(`${line}!`)).toMatchObject({ ok: false });
      expect(parsePlan(`1. Tap. State: [Done]\n${line}`)).toMatchObject({
        ok: true,
        plan: [{ text: "Tap." }],
      });
    },
  );

  test("has no line within a line", () => {
    const reply = "1. Tap\u2028# Goal\rStop. State: [Todo]";
    expect(parsePlan(reply)).toEqual({ ok: true, plan: [{ text: "Tap # Goal Stop.", done: false }] });
  });

  test("comes back as it went out", () => {
    const text = fc.stringMatching(/^[A-Z][a-z ,"&]{0,30}[a-z]\.$/u);
    const plans = fc.array(fc.record({ text, done: fc.boolean() }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(plans, (plan) => {
        expect(parsePlan(formatPlan(plan))).toEqual({ ok: true, plan });
      }),
    );
  });
});
