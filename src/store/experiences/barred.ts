import { type Kysely, sql } from "kysely";
import type { ExperienceQuery } from "../../agent/index.ts";
import type { Schema } from "../schema.ts";
import { idsOf } from "./ids.ts";

/**
 * Which experiences a query's filters leave out, all but that by kind: by id, 1 where it is left out. Each filter reads
 * the ids that it names from an index, instead of looking at every experience.
 * @param size one more than the largest id
 */
export async function barredIds(
  db: Kysely<Schema>,
  query: ExperienceQuery,
  size: number,
): Promise<Uint8Array> {
  const barred = new Uint8Array(size);
  const { apps, state, excludeTemplates, excludeBenchmarks } = query;
  if (excludeTemplates.length > 0) {
    const ids = sql`SELECT id FROM experience WHERE template_id IN (${sql.join(excludeTemplates)})`;
    for (const id of await idsOf(db, ids)) barred[id] = 1;
  }
  if (excludeBenchmarks) {
    for (const id of await idsOf(db, sql`SELECT id FROM experience WHERE benchmark = 1`)) barred[id] = 1;
  }
  if (apps !== undefined) {
    const ids =
      apps.length === 0
        ? []
        : await idsOf(
            db,
            sql`SELECT experience_id AS id FROM experience_app WHERE package IN (${sql.join(apps)})`,
          );
    keepOnly(ids, barred);
  }
  if (state !== undefined) {
    const ids = sql`
      SELECT id FROM experience WHERE package = ${state.package} AND activity = ${state.activity}`;
    keepOnly(await idsOf(db, ids), barred);
  }
  return barred;
}

function keepOnly(ids: readonly number[], barred: Uint8Array): void {
  const others = new Uint8Array(barred.length).fill(1);
  for (const id of ids) others[id] = 0;
  for (let id = 0; id < barred.length; id++) barred[id]! |= others[id]!;
}
