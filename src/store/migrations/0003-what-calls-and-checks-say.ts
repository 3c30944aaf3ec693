import { type Kysely, sql } from "kysely";

/**
 * Of a model call: what the model thought, which endpoint answered, what it was asked with and what it cost. Of a
 * step: what an app interface gave, and what the screen showed to be wrong with the action of the step before. Of a
 * verdict: the model and the prompt behind it. Of an episode: the app interfaces its prompts offered.
 */
const statements = [
  `ALTER TABLE llm_call ADD COLUMN thinking TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE llm_call ADD COLUMN endpoint TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE llm_call ADD COLUMN settings_json TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE llm_call ADD COLUMN cost_usd REAL`,
  `ALTER TABLE llm_call ADD COLUMN truncated INTEGER NOT NULL DEFAULT 0`,

  `ALTER TABLE step ADD COLUMN output TEXT`,
  `ALTER TABLE step ADD COLUMN finding_rule TEXT`,
  `ALTER TABLE step ADD COLUMN finding_reason TEXT`,

  `ALTER TABLE verdict ADD COLUMN model TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE verdict ADD COLUMN prompt TEXT NOT NULL DEFAULT ''`,

  `ALTER TABLE episode ADD COLUMN apis_json TEXT`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
