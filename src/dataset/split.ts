import { createRandom } from "../random.ts";
import type { Split } from "./sample.ts";

/**
 * Which templates are held out. The split goes by template, never by episode: two episodes of one template are
 * so alike that a model which has seen the one would be tested on the other. With two templates or more and a
 * share above 0, at least one is held out and at least one is not.
 */
export function splitByTemplate(
  templateIds: Iterable<string>,
  valShare: number,
  seed: number,
): Map<string, Split> {
  const templates = [...new Set(templateIds)].sort();
  const wanted = Math.round(templates.length * valShare);
  const held =
    templates.length < 2 || valShare === 0 ? 0 : Math.min(Math.max(wanted, 1), templates.length - 1);
  const val = new Set(createRandom("split", seed).shuffle(templates).slice(0, held));
  return new Map(templates.map((id) => [id, val.has(id) ? "val" : "train"]));
}
