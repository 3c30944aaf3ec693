import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../schema.ts";

/**
 * The column `id` of a query's rows. It comes as one JSON text, which SQLite writes five times faster than the driver
 * makes an object of each row; a search reads tens of thousands.
 */
export async function idsOf(db: Kysely<Schema>, query: RawBuilder<unknown>): Promise<readonly number[]> {
  const { rows } = await sql<{ ids: string }>`SELECT json_group_array(id) AS ids FROM (${query})`.execute(db);
  return JSON.parse(rows[0]!.ids) as number[];
}
