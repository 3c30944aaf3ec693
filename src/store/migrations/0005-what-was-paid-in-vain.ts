import { type Kysely, sql } from "kysely";

/** Of a model call: why it gave no answer. Those of before all gave one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`ALTER TABLE llm_call ADD COLUMN failure TEXT NOT NULL DEFAULT ''`).execute(db);
}
