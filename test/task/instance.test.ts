import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { drawInstance, parseSuite } from "../../src/task/index.ts";
import { fillHoles, sqlLiteral } from "../../src/task/holes.ts";

function template(body: string) {
  const text = `name: t\ntasks:\n  - id: a\n    apps: [X]\n${body.replaceAll(/^/gm, "    ")}\n`;
  return parseSuite(text, "s.yaml").templates[0]!;
}

describe("task instance", () => {
  test("records fill several holes together", () => {
    const states = template(`goal: Turn it {s.word}
params: { s: { choice: [{ word: "on", value: 1 }, { word: "off", value: 0 }] } }
checks: [{ setting: { namespace: global, key: k, equals: "{s.value}" } }]`);
    const seen = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const instance = drawInstance(states, n, 1);
      seen.add(`${instance.goal} ${JSON.stringify(instance.checks)}`);
    }
    expect([...seen].sort()).toEqual([
      'Turn it off [{"setting":{"namespace":"global","key":"k","equals":"0"}}]',
      'Turn it on [{"setting":{"namespace":"global","key":"k","equals":"1"}}]',
    ]);
  });

  test("the same seed draws the same instance, another number another one", () => {
    const numbers = template(`goal: Say {n}
params: { n: { int: [0, 1000000] } }
checks: [{ answer: { equals: "{n}" } }]`);
    expect(drawInstance(numbers, 3, 9)).toEqual(drawInstance(numbers, 3, 9));
    expect(drawInstance(numbers, 4, 9).goal).not.toBe(drawInstance(numbers, 3, 9).goal);
    expect(drawInstance(numbers, 3, 10).seed).not.toBe(drawInstance(numbers, 3, 9).seed);
  });

  test("steps, distinct values, padding and built text", () => {
    const times = template(`goal: "{h}:{m:02} {both}"
params:
  h: { int: [1, 2] }
  m: { int: [0, 10], step: 5 }
  other: { int: [1, 2], not: h }
  both: { text: "{h}-{other}" }
checks: [{ answer: { contains: x } }]`);
    for (let n = 0; n < 30; n++) {
      expect(drawInstance(times, n, 5).goal).toMatch(/^[12]:(00|05|10) (1-2|2-1)$/);
    }
  });

  test("ranges become numbers, and words there are refused", () => {
    const range = (value: string) =>
      template(`goal: x
params: { v: { choice: [${value}] } }
checks: [{ setting: { namespace: system, key: k, between: [1, "{v}"] } }]`);
    expect(drawInstance(range("7"), 0, 1).checks).toMatchObject([{ setting: { between: [1, 7] } }]);
    expect(() => drawInstance(range("high"), 0, 1)).toThrow("between needs numbers, found high");
  });

  test("a hole in SQL is a literal that cannot end early", () => {
    const sql = template(`goal: x
params: { title: { choice: ["it's; DROP TABLE events --"] } }
checks: [{ sqlite: { db: /d.db, query: "SELECT 1 WHERE title = {title}", equals: 1 } }]`);
    expect(drawInstance(sql, 0, 1).checks).toMatchObject([
      { sqlite: { query: "SELECT 1 WHERE title = 'it''s; DROP TABLE events --'" } },
    ]);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const inside = sqlLiteral(text).slice(1, -1);
        expect(inside.replaceAll("''", "")).not.toContain("'");
      }),
    );
  });

  test("values with braces are not filled again", () => {
    expect(fillHoles("{a}", { a: "{b}", b: "no" })).toBe("{b}");
  });
});
