import type { Kysely, Selectable } from "kysely";
import type { Action } from "../action/index.ts";
import type { Decision, Finding, PlanItem, Refusal } from "../agent/index.ts";
import { insertCalls, type SavedCall } from "./calls.ts";
import { changedElsewhere } from "./episodes.ts";
import type { Schema, StepTable } from "./schema.ts";
import { insertScreen, type SavedScreen } from "./screens.ts";

export interface NewStep {
  episodeId: string;
  /** From 1. */
  number: number;
  screen: SavedScreen;
  decision: Decision;
  /** Every model call of the round. */
  calls: readonly SavedCall[];
  /** AutoCheck's refusal, or the device's. */
  refusal?: Refusal;
  /** What an app interface gave. */
  output?: string;
  startedAt: number;
  endedAt: number;
  /** Milliseconds the step spent in the device, in the model, and in our own code. */
  deviceMs: number;
  modelMs: number;
  ownMs: number;
}

export interface StoredStep {
  number: number;
  /** For `store.screens.load`. */
  screenId: number;
  /** Of the screen the agent saw. */
  fingerprint: string;
  package: string;
  action?: Action;
  refusal?: Refusal;
  output?: string;
  /** What the screen of the next step showed to be wrong with this step's action. */
  finding?: Finding;
  thought: string;
  response: string;
  plan: PlanItem[];
  /** Episodes that were shown as examples. */
  experiences: string[];
  startedAt: number;
  endedAt: number;
  deviceMs: number;
  modelMs: number;
  ownMs: number;
}

export interface Steps {
  /**
   * Records a finished step with its screen and its model calls, in one transaction.
   * Throws `EPISODE_CHANGED` where the attempt was ended meanwhile: nothing is written then.
   */
  record(step: NewStep): Promise<void>;
  list(episodeId: string): Promise<StoredStep[]>;
  /** How often each rule objected in a run, in every attempt. */
  objections(runId: string): Promise<Objections>;
}

/** Rule → steps. */
export interface Objections {
  /** Steps that were refused, by AutoCheck's rules, by `grammar`, by `device` and so on. */
  refusals: Record<string, number>;
  /** Steps whose outcome AutoCheck doubted. */
  findings: Record<string, number>;
}

export function createSteps(db: Kysely<Schema>): Steps {
  return {
    async record(step) {
      await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("episode")
          .set({ steps: step.number })
          .where("id", "=", step.episodeId)
          .where("state", "=", "running")
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw changedElsewhere(step.episodeId);
        const screenId = await insertScreen(trx, step.screen);
        const { id } = await trx
          .insertInto("step")
          .values(stepRow(step, screenId))
          .returning("id")
          .executeTakeFirstOrThrow();
        await insertCalls(trx, step.calls, step.episodeId, id);
      });
    },

    async list(episodeId) {
      const rows = await db
        .selectFrom("step")
        .innerJoin("screen", "screen.id", "step.screen_id")
        .selectAll("step")
        .select(["screen.fingerprint", "screen.package"])
        .where("step.episode_id", "=", episodeId)
        .orderBy("step.number")
        .execute();
      return rows.map((row, i) => stepOf(row, rows[i + 1]));
    },

    async objections(runId) {
      const [refusals, findings] = await Promise.all(
        (["refusal_rule", "finding_rule"] as const).map((column) => countRules(db, runId, column)),
      );
      return { refusals: refusals!, findings: findings! };
    },
  };
}

async function countRules(
  db: Kysely<Schema>,
  runId: string,
  column: "refusal_rule" | "finding_rule",
): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom("step")
    .innerJoin("episode", "episode.id", "step.episode_id")
    .select((step) => [step.ref(`step.${column}`).as("rule"), step.fn.countAll<number>().as("steps")])
    .where("episode.run_id", "=", runId)
    .where(`step.${column}`, "is not", null)
    .groupBy(`step.${column}`)
    .orderBy("steps", "desc")
    .orderBy("rule")
    .execute();
  return Object.fromEntries(rows.map(({ rule, steps }) => [rule ?? "", steps]));
}

/** The row of a step whose screen has one. */
export function stepRow(step: Omit<NewStep, "calls">, screenId: number): Omit<StepTable, "id"> {
  const { decision, refusal } = step;
  return {
    episode_id: step.episodeId,
    number: step.number,
    screen_id: screenId,
    action_json: decision.action === undefined ? null : JSON.stringify(decision.action),
    thought: decision.thought,
    response: decision.response,
    plan_json: JSON.stringify(decision.plan),
    experiences_json: JSON.stringify(decision.experiences),
    refusal_rule: refusal?.rule ?? null,
    refusal_reason: refusal?.reason ?? null,
    output: step.output ?? null,
    finding_rule: decision.finding?.rule ?? null,
    finding_reason: decision.finding?.reason ?? null,
    started_at: step.startedAt,
    ended_at: step.endedAt,
    device_ms: step.deviceMs,
    model_ms: step.modelMs,
    own_ms: step.ownMs,
  };
}

type StepRow = Selectable<StepTable> & { fingerprint: string; package: string };

/** @param next holds what was found of this step's action: only the screen after it shows that. */
function stepOf(row: StepRow, next: StepRow | undefined): StoredStep {
  const refusal =
    row.refusal_rule === null
      ? {}
      : { refusal: { rule: row.refusal_rule, reason: row.refusal_reason ?? "" } };
  return {
    number: row.number,
    screenId: row.screen_id,
    fingerprint: row.fingerprint,
    package: row.package,
    ...(row.action_json === null ? {} : { action: JSON.parse(row.action_json) as Action }),
    ...refusal,
    ...(row.output === null ? {} : { output: row.output }),
    ...findingIn(next),
    thought: row.thought,
    response: row.response,
    plan: JSON.parse(row.plan_json) as PlanItem[],
    experiences: JSON.parse(row.experiences_json) as string[],
    startedAt: row.started_at,
    endedAt: row.ended_at,
    deviceMs: row.device_ms,
    modelMs: row.model_ms,
    ownMs: row.own_ms,
  };
}

function findingIn(row: StepRow | undefined): { finding?: Finding } {
  if (row === undefined || row.finding_rule === null) return {};
  return { finding: { rule: row.finding_rule, reason: row.finding_reason ?? "" } };
}
