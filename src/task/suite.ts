import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument, type Document } from "yaml";
import { configError, errorMessage } from "../errors.ts";
import { holesIn } from "./holes.ts";
import { suiteSchema, type RawTemplate } from "./schema.ts";
import type { ParameterSpec, ParameterValue, TaskSuite, TaskTemplate } from "./task.ts";

/** One thing wrong with a suite file. */
interface SuiteProblem {
  path: (string | number)[];
  message: string;
}

/** Reads a suite. Throws `SUITE_NOT_FOUND` or `SUITE_INVALID`, which lists every problem by line. */
export async function loadSuite(file: string): Promise<TaskSuite> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw configError(
      "SUITE_NOT_FOUND",
      `${file}: cannot read the task suite (${errorMessage(error)}); name a YAML file, such as tasks/demo.yaml`,
      error,
    );
  }
  return parseSuite(text, file);
}

/** The same from text; `file` is only named in errors. */
export function parseSuite(text: string, file: string): TaskSuite {
  const lines = new LineCounter();
  // Aliases are bounded, so that a small file cannot become a huge one.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) {
    throw invalid(file, [`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`]);
  }
  const parsed = suiteSchema.safeParse(toData(document, file));
  const problems: SuiteProblem[] = parsed.success
    ? parsed.data.tasks.flatMap((template, index) => problemsOf(template, index, parsed.data.tasks))
    : parsed.error.issues.map((issue) => ({
        path: issue.path.filter((key) => typeof key !== "symbol"),
        message: issue.message,
      }));
  if (!parsed.success || problems.length > 0) {
    throw invalid(
      file,
      problems.map(
        (problem) =>
          `${file}:${lineOf(document, lines, problem.path)}: ${pathText(problem.path)}: ${problem.message}`,
      ),
    );
  }
  return {
    name: parsed.data.name,
    description: parsed.data.description,
    benchmark: parsed.data.benchmark,
    file,
    templates: parsed.data.tasks as unknown as TaskTemplate[],
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}

/** What the shape alone does not say: unique ids, and a parameter behind every hole. */
function problemsOf(template: RawTemplate, index: number, all: readonly RawTemplate[]): SuiteProblem[] {
  const problems: SuiteProblem[] = [];
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

function unknownHoles(text: string, known: ReadonlySet<string>, path: (string | number)[]): SuiteProblem[] {
  return holesIn(text)
    .filter((hole) => !known.has(hole))
    .map((hole) => ({
      path,
      message: `{${hole}} is not a parameter; known here: ${[...known].join(", ") || "none"}`,
    }));
}

function toData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid(file, [`${file}: ${errorMessage(error)}`]);
  }
}

/** Line of the deepest part of the path that is in the file; 1 where nothing of it is. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function pathText(path: readonly (string | number)[]): string {
  return (
    path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
      .join("")
      .replace(/^\./, "") || "file"
  );
}

function invalid(file: string, problems: string[]) {
  const shown = problems.slice(0, 20);
  const more = problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [];
  return configError(
    "SUITE_INVALID",
    [`${file} is not a valid task suite:`, ...shown, ...more, "docs/tasks.md describes the format"].join(
      "\n",
    ),
  );
}
