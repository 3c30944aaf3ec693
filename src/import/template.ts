import { createHash } from "node:crypto";
import type { TaskInstance } from "../task/index.ts";
import type { Recording } from "./recording.ts";

/** Characters of the goal that stand in a template's id, for people. */
const slugLength = 40;

/**
 * The template of a goal. No recording says which template its goal was drawn from, but equal goals are one task: a
 * split, a cap and ExpSearch's exclusion go by templates, and would let it through under two names.
 */
export function templateOf(goal: string): string {
  const words = goal
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\s+/gu, " ")
    .trim()
    .replace(/[.!?]+$/u, "");
  const slug = words
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, slugLength)
    .replaceAll(/^-+|-+$/gu, "");
  const hash = createHash("sha256").update(words).digest("hex").slice(0, 8);
  return `imported/${slug === "" ? "" : `${slug}-`}${hash}`;
}

/** Its id holds the hash of its content, by which a second import knows it. */
export function instanceOf({ goal, sha256, steps, apps, name }: Recording, format: string): TaskInstance {
  const templateId = templateOf(goal);
  return {
    id: `${templateId}#${sha256.slice(0, 16)}`,
    templateId,
    number: 1,
    seed: 0,
    params: { source: name },
    goal,
    setup: [],
    checks: [],
    budget: steps.length,
    apps,
    tags: ["imported", format],
  };
}
