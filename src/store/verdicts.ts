import type { Kysely, Selectable, Transaction } from "kysely";
import type { Schema, VerdictSource, VerdictTable } from "./schema.ts";

/** A condition of the task, and the step (from 1) that met it; -1 where none did. */
export interface StepLabel {
  condition: string;
  step: number;
}

export interface NewVerdict {
  episodeId: string;
  source: VerdictSource;
  /** Of the code or prompt that judged. */
  version: string;
  /** The model that judged, and its prompt; absent where a person or a rule did. */
  model?: string;
  prompt?: string;
  success: boolean;
  /** Plain data that says why. */
  detail: Record<string, unknown>;
  labels?: readonly StepLabel[];
}

export interface StoredVerdict extends NewVerdict {
  labels: StepLabel[];
  createdAt: number;
}

export interface Verdicts {
  /** Takes the place of an earlier verdict of the same source and version. */
  record(verdict: NewVerdict): Promise<void>;
  /** The oldest first. */
  list(episodeId: string): Promise<StoredVerdict[]>;
}

export function createVerdicts(db: Kysely<Schema>): Verdicts {
  return {
    record: (verdict) => db.transaction().execute((trx) => insertVerdict(trx, verdict)),

    async list(episodeId) {
      const rows = await db
        .selectFrom("verdict")
        .selectAll()
        .where("episode_id", "=", episodeId)
        .orderBy("id")
        .execute();
      const labels = await db
        .selectFrom("step_label")
        .innerJoin("verdict", "verdict.id", "step_label.verdict_id")
        .select(["step_label.verdict_id", "step_label.condition", "step_label.step"])
        .where("verdict.episode_id", "=", episodeId)
        .orderBy("step_label.position")
        .execute();
      return rows.map((row) =>
        verdictOf(
          row,
          labels.filter((label) => label.verdict_id === row.id),
        ),
      );
    },
  };
}

/** Writes the verdict in the caller's transaction. */
export async function insertVerdict(trx: Transaction<Schema>, verdict: NewVerdict): Promise<void> {
  await trx
    .deleteFrom("verdict")
    .where("episode_id", "=", verdict.episodeId)
    .where("source", "=", verdict.source)
    .where("version", "=", verdict.version)
    .execute();
  const { id } = await trx
    .insertInto("verdict")
    .values({
      episode_id: verdict.episodeId,
      source: verdict.source,
      version: verdict.version,
      model: verdict.model ?? "",
      prompt: verdict.prompt ?? "",
      success: Number(verdict.success),
      detail_json: JSON.stringify(verdict.detail),
      created_at: Date.now(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const labels = (verdict.labels ?? []).map((label, position) => ({ verdict_id: id, position, ...label }));
  if (labels.length > 0) await trx.insertInto("step_label").values(labels).execute();
}

function verdictOf(row: Selectable<VerdictTable>, labels: readonly StepLabel[]): StoredVerdict {
  return {
    episodeId: row.episode_id,
    source: row.source,
    version: row.version,
    ...(row.model === "" ? {} : { model: row.model }),
    ...(row.prompt === "" ? {} : { prompt: row.prompt }),
    success: row.success === 1,
    detail: JSON.parse(row.detail_json) as Record<string, unknown>,
    labels: labels.map(({ condition, step }) => ({ condition, step })),
    createdAt: row.created_at,
  };
}
