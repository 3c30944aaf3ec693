import { configError } from "../errors.ts";
import { createRandom, seedOf, type Random } from "../random.ts";
import { fillAll, fillHoles } from "./holes.ts";
import type { ParameterSpec, ParameterValue, TaskInstance, TaskTemplate } from "./task.ts";

/** Fields in which a hole stands for an SQL literal. */
const SQL_FIELDS = new Set(["sql", "query", "where"]);

/** How often another value is drawn before `not` gives up. */
const REDRAWS = 100;

/** The instance `number` of a template: the same for the same seed, on every machine. */
export function drawInstance(template: TaskTemplate, number: number, runSeed: number): TaskInstance {
  const random = createRandom("task", runSeed, template.id, number);
  const params: Record<string, ParameterValue> = {};
  for (const [name, spec] of Object.entries(template.params)) {
    Object.assign(params, drawParameter(template, name, spec, params, random));
  }
  return {
    id: `${template.id}#${number}`,
    templateId: template.id,
    number,
    seed: seedOf("instance", runSeed, template.id, number),
    params,
    goal: fillHoles(template.goal, params),
    setup: fillAll(template.setup, params, SQL_FIELDS),
    checks: numberRanges(template.id, fillAll(template.checks, params, SQL_FIELDS)),
    budget: template.budget,
    apps: template.apps,
    tags: template.tags,
  };
}

function drawParameter(
  template: TaskTemplate,
  name: string,
  spec: ParameterSpec,
  drawn: Readonly<Record<string, ParameterValue>>,
  random: Random,
): Record<string, ParameterValue> {
  if ("text" in spec) return { [name]: fillHoles(spec.text, drawn) };
  for (let i = 0; i < REDRAWS; i++) {
    const value = "choice" in spec ? random.pick(spec.choice) : drawInt(spec, random);
    if (typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([field, item]) => [`${name}.${field}`, item]));
    }
    if (spec.not === undefined || drawn[spec.not] !== value) return { [name]: value };
  }
  throw configError(
    "TASK_NO_VALUE",
    `task ${template.id}: no value of ${name} differs from ${spec.not ?? ""}; give it more to choose from`,
  );
}

function drawInt(spec: { int: [number, number]; step?: number }, random: Random): number {
  const [low, high] = spec.int;
  const step = spec.step ?? 1;
  return low + step * random.int(0, Math.floor((high - low) / step));
}

/** `between` is compared as numbers, so its filled holes must have become numbers. */
function numberRanges<T>(templateId: string, checks: T): T {
  const number = (item: unknown): number => {
    const value = Number(item);
    if (Number.isFinite(value)) return value;
    throw configError(
      "TASK_NOT_A_NUMBER",
      `task ${templateId}: between needs numbers, found ${String(item)}`,
    );
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === "between" && Array.isArray(item) ? item.map(number) : walk(item),
      ]),
    );
  };
  return walk(checks) as T;
}
