import type { Kysely, Selectable, UpdateObject } from "kysely";
import type { OfferedApi } from "../action/index.ts";
import { type AndroidGenError, configError, type ErrorReport, type FailureClass } from "../errors.ts";
import type { CheckResult } from "../task/index.ts";
import { newEpisode } from "./runs.ts";
import type { EpisodeState, EpisodeTable, Schema } from "./schema.ts";
import { insertScreen, type SavedScreen } from "./screens.ts";
import { insertVerdict } from "./verdicts.ts";

export interface StoredEpisode {
  id: string;
  runId: string;
  instanceId: string;
  slot: number;
  sample: number;
  attempt: number;
  seed: number;
  state: EpisodeState;
  /** Serial of the device it ran on. */
  device?: string;
  steps: number;
  answer?: string;
  finishStatus?: "complete" | "infeasible";
  finalScreenId?: number;
  /** Names of the apps the agent could open. */
  apps?: string[];
  /** App interfaces the agent could call, where there were some. */
  apis?: OfferedApi[];
  startedAt?: number;
  endedAt?: number;
  error?: ErrorReport;
}

/** How an episode ended that was carried through. */
export interface EpisodeEnd {
  success: boolean;
  finishStatus?: "complete" | "infeasible";
  answer?: string;
  finalScreen: SavedScreen;
  /** Names of the apps the agent could open, as its prompts listed them. */
  apps: readonly string[];
  /** App interfaces the agent could call, as its prompts offered them. */
  apis?: readonly OfferedApi[];
  /** Version of the code that evaluated the checks. */
  checkVersion: string;
  checks: CheckResult[];
  /** What took the agent out before it was done, such as its budget. */
  cutShort?: AndroidGenError;
}

export interface Episodes {
  /** Throws `EPISODE_NOT_FOUND` (class `config`) where there is none. */
  get(id: string): Promise<StoredEpisode>;
  /** Every attempt, in the order of slots and attempts. */
  list(runId: string): Promise<StoredEpisode[]>;
  /** The last attempt of each slot. */
  latest(runId: string): Promise<StoredEpisode[]>;
  /** From pending to running. */
  start(id: string, device: string): Promise<void>;
  /** Ends a running attempt with its final screen and the verdict of its checks, in one transaction. */
  finish(id: string, end: EpisodeEnd): Promise<void>;
  /** Ends a running attempt without a result. */
  abandon(id: string, state: "error" | "interrupted", error?: AndroidGenError): Promise<void>;
  /** Ends, as interrupted, an attempt whose process died: at its last step, since nobody knows when that was. */
  closeDead(id: string): Promise<void>;
  /** A new pending attempt at the same slot, with the same seed. */
  retry(id: string): Promise<StoredEpisode>;
}

export function createEpisodes(db: Kysely<Schema>, withoutHostPaths: (text: string) => string): Episodes {
  const errorColumns = (error: AndroidGenError | undefined) => ({
    error_code: error?.code ?? null,
    error_class: error?.class ?? null,
    error_message: error === undefined ? null : withoutHostPaths(error.message),
  });
  const episodes: Episodes = {
    async get(id) {
      const row = await db.selectFrom("episode").selectAll().where("id", "=", id).executeTakeFirst();
      if (row === undefined) throw configError("EPISODE_NOT_FOUND", `The database has no episode "${id}".`);
      return episodeOf(row);
    },

    async list(runId) {
      const rows = await db
        .selectFrom("episode")
        .selectAll()
        .where("run_id", "=", runId)
        .orderBy("slot")
        .orderBy("attempt")
        .execute();
      return rows.map(episodeOf);
    },

    async latest(runId) {
      const bySlot = new Map<number, StoredEpisode>();
      for (const episode of await episodes.list(runId)) bySlot.set(episode.slot, episode);
      return [...bySlot.values()];
    },

    start: (id, device) => change(db, id, "pending", { state: "running", device, started_at: Date.now() }),

    async finish(id, end) {
      await db.transaction().execute(async (trx) => {
        await change(trx, id, "running", {
          state: end.success ? "succeeded" : "failed",
          ended_at: Date.now(),
          answer: end.answer ?? null,
          finish_status: end.finishStatus ?? null,
          apps_json: JSON.stringify(end.apps),
          ...errorColumns(end.cutShort),
          apis_json: end.apis === undefined || end.apis.length === 0 ? null : JSON.stringify(end.apis),
        });
        const final_screen_id = await insertScreen(trx, end.finalScreen);
        await trx.updateTable("episode").set({ final_screen_id }).where("id", "=", id).execute();
        await insertVerdict(trx, {
          episodeId: id,
          source: "check",
          version: end.checkVersion,
          success: end.success,
          detail: { checks: end.checks },
        });
      });
    },

    abandon: (id, state, error) =>
      change(db, id, "running", {
        state,
        ended_at: Date.now(),
        ...errorColumns(error),
      }),

    async closeDead(id) {
      const { startedAt = 0 } = await episodes.get(id);
      const { last } = await db
        .selectFrom("step")
        .select(({ fn }) => fn.max("ended_at").as("last"))
        .where("episode_id", "=", id)
        .executeTakeFirstOrThrow();
      await change(db, id, "running", { state: "interrupted", ended_at: last ?? startedAt });
    },

    async retry(id) {
      const last = await episodes.get(id);
      const row = newEpisode(last.runId, last.slot, last.attempt + 1, last);
      await db.insertInto("episode").values(row).execute();
      return episodes.get(row.id);
    },
  };
  return episodes;
}

/** A state follows only from the one before it, so a record that was ended elsewhere is never overwritten. */
async function change(
  db: Kysely<Schema>,
  id: string,
  from: EpisodeState,
  set: UpdateObject<Schema, "episode">,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("episode")
    .set(set)
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) {
    throw changedElsewhere(id);
  }
}

/** No fault of the device's, and nothing that another attempt would mend: the run has to stop. */
export function changedElsewhere(id: string): AndroidGenError {
  return configError(
    "EPISODE_CHANGED",
    `Episode ${id} was changed by another program. Let only one program work on a run.`,
  );
}

function episodeOf(row: Selectable<EpisodeTable>): StoredEpisode {
  return {
    id: row.id,
    runId: row.run_id,
    instanceId: row.instance_id,
    slot: row.slot,
    sample: row.sample,
    attempt: row.attempt,
    seed: row.seed,
    state: row.state,
    steps: row.steps,
    ...(row.device === null ? {} : { device: row.device }),
    ...(row.answer === null ? {} : { answer: row.answer }),
    ...(row.finish_status === null ? {} : { finishStatus: row.finish_status as "complete" | "infeasible" }),
    ...(row.final_screen_id === null ? {} : { finalScreenId: row.final_screen_id }),
    ...(row.apps_json === null ? {} : { apps: JSON.parse(row.apps_json) as string[] }),
    ...(row.apis_json === null ? {} : { apis: JSON.parse(row.apis_json) as OfferedApi[] }),
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.error_code === null ? {} : { error: errorOf(row) }),
  };
}

function errorOf(row: Selectable<EpisodeTable>): ErrorReport {
  return {
    code: row.error_code ?? "",
    class: row.error_class as FailureClass,
    message: row.error_message ?? "",
  };
}
