import { randomBytes } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import { configError } from "../errors.ts";
import type { TaskInstance } from "../task/index.ts";
import type { EpisodeTable, RunState, RunTable, Schema } from "./schema.ts";

/** Rows of one INSERT: far below SQLite's limit of 32,766 parameters. */
const rowsAtOnce = 500;

/** Plain data. It is stored as it is, so it must hold no secret and no path of this host. */
export type RunSettings = Record<string, unknown>;

export interface NewRun {
  suite: { name: string; sha256: string };
  seed: number;
  samples: number;
  settings: RunSettings;
  instances: readonly TaskInstance[];
  /** One episode for each, in this order. */
  episodes: readonly { instanceId: string; sample: number; seed: number }[];
}

export interface StoredRun {
  id: string;
  createdAt: number;
  endedAt?: number;
  state: RunState;
  suite: string;
  suiteSha256: string;
  seed: number;
  samples: number;
  settings: RunSettings;
  /** Why it stopped before its end. */
  stop?: { code: string; message: string };
}

export interface Runs {
  /** Writes the run, its drawn instances and a pending episode for each, in one transaction. */
  create(run: NewRun): Promise<StoredRun>;
  /** Throws `RUN_NOT_FOUND` (class `config`). */
  get(id: string): Promise<StoredRun>;
  /** The newest first. */
  list(): Promise<StoredRun[]>;
  instances(id: string): Promise<TaskInstance[]>;
  setState(id: string, state: RunState, stop?: { code: string; message: string }): Promise<void>;
}

export function createRuns(db: Kysely<Schema>, withoutHostPaths: (text: string) => string): Runs {
  const runs: Runs = {
    async create(run) {
      const now = Date.now();
      const id = newRunId(now);
      await db.transaction().execute(async (trx) => {
        const row: RunTable = {
          id,
          created_at: now,
          ended_at: null,
          state: "stopped",
          suite: run.suite.name,
          suite_sha256: run.suite.sha256,
          seed: run.seed,
          samples: run.samples,
          settings_json: JSON.stringify(run.settings),
          stop_code: null,
          stop_message: null,
        };
        await trx.insertInto("run").values(row).execute();
        const instances = run.instances.map((instance, position) => ({
          run_id: id,
          id: instance.id,
          template_id: instance.templateId,
          position,
          instance_json: JSON.stringify(instance),
        }));
        for (const rows of chunks(instances)) await trx.insertInto("task_instance").values(rows).execute();
        const episodes = run.episodes.map((episode, index) => newEpisode(id, index + 1, 1, episode));
        for (const rows of chunks(episodes)) await trx.insertInto("episode").values(rows).execute();
      });
      return runs.get(id);
    },

    async get(id) {
      const row = await db.selectFrom("run").selectAll().where("id", "=", id).executeTakeFirst();
      if (row !== undefined) return runOf(row);
      const newest = (await runs.list()).slice(0, 3).map((run) => run.id);
      const known = newest.length === 0 ? "It holds no runs." : `Its newest runs are ${newest.join(", ")}.`;
      throw configError("RUN_NOT_FOUND", `The database has no run "${id}". ${known}`);
    },

    async list() {
      const rows = await db
        .selectFrom("run")
        .selectAll()
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .execute();
      return rows.map(runOf);
    },

    async instances(id) {
      const rows = await db
        .selectFrom("task_instance")
        .select("instance_json")
        .where("run_id", "=", id)
        .orderBy("position")
        .execute();
      return rows.map((row) => JSON.parse(row.instance_json) as TaskInstance);
    },

    async setState(id, state, stop) {
      await db
        .updateTable("run")
        .set({
          state,
          ended_at: state === "running" ? null : Date.now(),
          stop_code: stop?.code ?? null,
          stop_message: stop === undefined ? null : withoutHostPaths(stop.message),
        })
        .where("id", "=", id)
        .execute();
    },
  };
  return runs;
}

/** Sorts by time, and says the time to a person: `20261122-233055-3f9a` (UTC). */
function newRunId(now: number): string {
  const [date, time] = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  return `${date}-${time}-${randomBytes(2).toString("hex")}`;
}

/** A pending attempt. Its id is safe in file names. */
export function newEpisode(
  runId: string,
  slot: number,
  attempt: number,
  episode: { instanceId: string; sample: number; seed: number },
): EpisodeTable {
  return {
    id: `${runId}-${slot}-${attempt}`,
    run_id: runId,
    instance_id: episode.instanceId,
    slot,
    sample: episode.sample,
    attempt,
    seed: episode.seed,
    state: "pending",
    device: null,
    steps: 0,
    answer: null,
    finish_status: null,
    final_screen_id: null,
    apps_json: null,
    apis_json: null,
    started_at: null,
    ended_at: null,
    error_code: null,
    error_class: null,
    error_message: null,
  };
}

function runOf(row: Selectable<RunTable>): StoredRun {
  return {
    id: row.id,
    createdAt: row.created_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    state: row.state,
    suite: row.suite,
    suiteSha256: row.suite_sha256,
    seed: row.seed,
    samples: row.samples,
    settings: JSON.parse(row.settings_json) as RunSettings,
    ...(row.stop_code === null ? {} : { stop: { code: row.stop_code, message: row.stop_message ?? "" } }),
  };
}

function chunks<T>(items: readonly T[]): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < items.length; i += rowsAtOnce) out.push(items.slice(i, i + rowsAtOnce));
  return out;
}
