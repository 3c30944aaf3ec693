import { createHash } from "node:crypto";
import { parseYaml, readYamlText, type YamlProblem } from "../yaml-file.ts";
import { holesIn } from "./holes.ts";
import { suiteSchema, type RawTemplate } from "./schema.ts";
import type { ParameterSpec, ParameterValue, TaskSuite, TaskTemplate } from "./task.ts";

/** Reads a suite. Throws `SUITE_NOT_FOUND` or `SUITE_INVALID`, which lists every problem by line. */
export async function loadSuite(file: string): Promise<TaskSuite> {
  const mend = "name a YAML file, such as tasks/demo.yaml";
  const text = await readYamlText(file, { code: "SUITE_NOT_FOUND", what: "the task suite", mend });
  return parseSuite(text, file);
}

/** The same from text; `file` is only named in errors. */
export function parseSuite(text: string, file: string): TaskSuite {
  const suite = parseYaml(text, {
    file,
    schema: suiteSchema,
    code: "SUITE_INVALID",
    described: "docs/tasks.md describes the format",
    problemsOf: ({ tasks }) => tasks.flatMap((template, index) => problemsOf(template, index, tasks)),
  });
  return {
    name: suite.name,
    description: suite.description,
    benchmark: suite.benchmark,
    file,
    templates: suite.tasks as unknown as TaskTemplate[],
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}

/** What the shape alone does not say: unique ids, and a parameter behind every hole. */
function problemsOf(template: RawTemplate, index: number, all: readonly RawTemplate[]): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const at = (...path: (string | number)[]) => ["tasks", index, ...path];
  if (all.findIndex((other) => other.id === template.id) !== index) {
    problems.push({ path: at("id"), message: `the id ${template.id} is taken by an earlier task` });
  }
  const known = new Set<string>();
  for (const [name, spec] of Object.entries(template.params) as [string, ParameterSpec][]) {
    if ("text" in spec) problems.push(...unknownHoles(spec.text, known, at("params", name, "text")));
    if ("not" in spec && spec.not !== undefined && !known.has(spec.not)) {
      problems.push({
        path: at("params", name, "not"),
        message: `${spec.not} is not a parameter above this one`,
      });
    }
    if ("choice" in spec && new Set(spec.choice.map(shapeOf)).size > 1) {
      problems.push({ path: at("params", name, "choice"), message: "all choices must have the same fields" });
    }
    for (const hole of holesOf(name, spec)) known.add(hole);
  }
  const walk = (data: unknown, path: (string | number)[]): void => {
    if (typeof data === "string") problems.push(...unknownHoles(data, known, path));
    else if (Array.isArray(data)) data.forEach((item, i) => walk(item, [...path, i]));
    else if (typeof data === "object" && data !== null) {
      for (const [key, item] of Object.entries(data)) walk(item, [...path, key]);
    }
  };
  walk(template.goal, at("goal"));
  walk(template.setup, at("setup"));
  walk(template.checks, at("checks"));
  return problems;
}

/** The holes a parameter fills. */
function holesOf(name: string, spec: ParameterSpec): string[] {
  if (!("choice" in spec)) return [name];
  const first = spec.choice[0];
  return typeof first === "object" ? Object.keys(first).map((field) => `${name}.${field}`) : [name];
}

function shapeOf(choice: ParameterValue | Record<string, ParameterValue>): string {
  return typeof choice === "object" ? Object.keys(choice).sort().join() : "";
}

function unknownHoles(text: string, known: ReadonlySet<string>, path: (string | number)[]): YamlProblem[] {
  return holesIn(text)
    .filter((hole) => !known.has(hole))
    .map((hole) => ({
      path,
      message: `{${hole}} is not a parameter; known here: ${[...known].join(", ") || "none"}`,
    }));
}
