import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadSuite, parseSuite } from "../../src/task/index.ts";

const head = "name: t\ntasks:\n";
const good = "  - id: a\n    goal: Do it\n    apps: [X]\n    checks: [{ answer: { equals: 1 } }]\n";

function problem(text: string): string {
  try {
    parseSuite(text, "s.yaml");
  } catch (error) {
    expect(error).toMatchObject({ code: "SUITE_INVALID", class: "config" });
    return (error as Error).message;
  }
  throw new Error("the suite was taken");
}

describe("suite", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "androidgen-suite-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("every suite that ships is valid", async () => {
    const files = (await readdir("tasks")).filter((name) => name.endsWith(".yaml"));
    expect(files).toContain("demo.yaml");
    for (const file of files) {
      const suite = await loadSuite(path.join("tasks", file));
      expect(suite.templates.length).toBeGreaterThan(0);
    }
  });

  test("defaults are filled in", () => {
    expect(parseSuite(head + good, "s.yaml").templates[0]).toMatchObject({
      id: "a",
      params: {},
      setup: [],
      budget: 20,
      tags: [],
    });
  });

  test("says whether it measures agents", () => {
    expect(parseSuite(head + good, "s.yaml").benchmark).toBe(false);
    expect(parseSuite(`benchmark: true\n${head}${good}`, "s.yaml").benchmark).toBe(true);
    expect(() => parseSuite(`benchmark: often\n${head}${good}`, "s.yaml")).toThrow(/s\.yaml:1: benchmark/);
  });

  test("a missing file is named with the mend", async () => {
    await expect(loadSuite(path.join(folder, "none.yaml"))).rejects.toMatchObject({
      code: "SUITE_NOT_FOUND",
      message: expect.stringContaining("none.yaml: cannot read the task suite"),
    });
  });

  test("the hash is that of the text", async () => {
    const file = path.join(folder, "s.yaml");
    await writeFile(file, head + good);
    const suite = await loadSuite(file);
    expect(suite.sha256).toBe(parseSuite(head + good, "other.yaml").sha256);
    expect(suite.sha256).not.toBe(parseSuite(`${head}${good}#\n`, "s.yaml").sha256);
  });

  test.each([
    ["broken YAML", `${head}  - id: [`, /^s\.yaml:\d+: /m],
    ["two equal keys", `${head}${good}    goal: again\n`, /s\.yaml:7: Map keys must be unique/],
    [
      "a field that is not known",
      `${head}${good}    checkz: 1\n`,
      /s\.yaml:3: tasks\[0\]: Unrecognized key: "checkz"/,
    ],
    [
      "no check",
      `${head}${good.replace("[{ answer: { equals: 1 } }]", "[]")}`,
      /s\.yaml:6: tasks\[0\]\.checks: a task without a check/,
    ],
    [
      "two kinds in one check",
      `${head}${good.replace("equals: 1 }", "equals: 1 }, foreground: { package: p }")}`,
      /exactly one of .* found foreground, answer/,
    ],
    [
      "two expectations",
      `${head}${good.replace("equals: 1", "equals: 1, contains: x")}`,
      /s\.yaml:6: .*answer: exactly one of/,
    ],
    ["a bad expression", `${head}${good.replace("equals: 1", "matches: '('")}`, /not a regular expression/],
    ["an id twice", head + good + good, /s\.yaml:7: tasks\[1\]\.id: the id a is taken/],
    [
      "an unknown hole",
      head + good.replace("Do it", "Do {thing}"),
      /s\.yaml:4: tasks\[0\]\.goal: \{thing\} is not a parameter; known here: none/,
    ],
    [
      "a relative path",
      `${head}${good}    setup: [{ file: { path: x, text: "" } }]\n`,
      /s\.yaml:7: .*an absolute path/,
    ],
    [
      "a shell line",
      `${head}${good}    setup: [{ shell: reboot now }]\n`,
      /s\.yaml:7: tasks\[0\]\.setup\[0\]\.shell: .*array/,
    ],
    [
      "choices of different shapes",
      `${head}${good}    params: { a: { choice: [{ x: 1 }, { y: 1 }] } }\n`,
      /same fields/,
    ],
  ])("%s is refused with its line", (_name, text, message) => {
    expect(problem(text)).toMatch(message);
  });
});
