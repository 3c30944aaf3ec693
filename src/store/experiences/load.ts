import type { Kysely } from "kysely";
import type { Experience } from "../../agent/index.ts";
import type { Schema } from "../schema.ts";
import type { Ranked } from "./ranking.ts";

/** The experiences with these ids, in their order. One that was forgotten meanwhile is left out. */
export async function load(db: Kysely<Schema>, ranked: readonly Ranked[]): Promise<Experience[]> {
  if (ranked.length === 0) return [];
  const rows = await db
    .selectFrom("experience")
    .select(["id", "episode_id", "template_id", "kind", "goal", "text"])
    .where(
      "id",
      "in",
      ranked.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ranked.flatMap(({ id, similarity }) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { episode_id: episodeId, template_id: templateId, kind, goal, text } = row;
    return [{ episodeId, templateId, kind, goal, text, similarity }];
  });
}
