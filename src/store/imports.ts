import { type Kysely, sql } from "kysely";
import type { Decision, Refusal } from "../agent/index.ts";
import type { TaskInstance } from "../task/index.ts";
import { newEpisode, type RunSettings, type Runs } from "./runs.ts";
import type { Schema } from "./schema.ts";
import { insertScreen, type SavedScreen } from "./screens.ts";
import { stepRow } from "./steps.ts";
import { insertVerdict, type NewVerdict } from "./verdicts.ts";

/** An episode that another system carried out. */
export interface ImportedEpisode {
  instance: TaskInstance;
  steps: readonly ImportedStep[];
  success: boolean;
  finishStatus?: "complete" | "infeasible";
  answer?: string;
  /** Absent where the last step's screen is the last one known. */
  finalScreen?: SavedScreen;
  verdict?: Omit<NewVerdict, "episodeId">;
  /** Milliseconds since the epoch. */
  recordedAt: number;
}

export interface ImportedStep {
  screen: SavedScreen;
  decision: Decision;
  refusal?: Refusal;
}

export interface Imports {
  /** Ids of all instances that were imported. */
  known(): Promise<Set<string>>;
  /** A run that nothing is left to do of, and that `add` fills. Gives its id. */
  begin(
    suite: { name: string; sha256: string },
    settings: RunSettings & { imported: object },
  ): Promise<string>;
  /** Writes an episode with all that belongs to it, in one transaction. Gives its id. */
  add(runId: string, episode: ImportedEpisode): Promise<string>;
}

export function createImports(db: Kysely<Schema>, runs: Runs): Imports {
  return {
    async known() {
      const rows = await db
        .selectFrom("task_instance")
        .innerJoin("run", "run.id", "task_instance.run_id")
        .select("task_instance.id")
        .where(sql`json_extract(run.settings_json, '$.imported')`, "is not", null)
        .execute();
      return new Set(rows.map(({ id }) => id));
    },

    async begin(suite, settings) {
      const run = await runs.create({ suite, seed: 0, samples: 1, settings, instances: [], episodes: [] });
      // Whatever becomes of the import, there is nothing that a resume could carry out.
      await runs.setState(run.id, "finished");
      return run.id;
    },

    add: (runId, episode) =>
      db.transaction().execute(async (trx) => {
        const { last } = await trx
          .selectFrom("episode")
          .select(({ fn }) => fn.coalesce(fn.max("slot"), sql<number>`0`).as("last"))
          .where("run_id", "=", runId)
          .executeTakeFirstOrThrow();
        const { instance, recordedAt } = episode;
        await trx
          .insertInto("task_instance")
          .values({
            run_id: runId,
            id: instance.id,
            template_id: instance.templateId,
            position: last,
            instance_json: JSON.stringify(instance),
          })
          .execute();
        const row = newEpisode(runId, last + 1, 1, {
          instanceId: instance.id,
          sample: 1,
          seed: instance.seed,
        });
        await trx
          .insertInto("episode")
          .values({
            ...row,
            state: episode.success ? "succeeded" : "failed",
            steps: episode.steps.length,
            answer: episode.answer ?? null,
            finish_status: episode.finishStatus ?? null,
            apps_json: "[]",
            started_at: recordedAt,
            ended_at: recordedAt,
          })
          .execute();
        let screenId: number | undefined;
        for (const [i, step] of episode.steps.entries()) {
          screenId = await insertScreen(trx, step.screen);
          const times = { startedAt: recordedAt, endedAt: recordedAt, deviceMs: 0, modelMs: 0, ownMs: 0 };
          const values = stepRow({ episodeId: row.id, number: i + 1, ...step, ...times }, screenId);
          await trx.insertInto("step").values(values).execute();
        }
        if (episode.finalScreen !== undefined) screenId = await insertScreen(trx, episode.finalScreen);
        await trx
          .updateTable("episode")
          .set({ final_screen_id: screenId ?? null })
          .where("id", "=", row.id)
          .execute();
        if (episode.verdict !== undefined)
          await insertVerdict(trx, { ...episode.verdict, episodeId: row.id });
        return row.id;
      }),
  };
}
