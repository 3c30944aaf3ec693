import { setImmediate as otherWork } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Experience, ExperienceQuery, ExperienceSource } from "../../agent/index.ts";
import { configError } from "../../errors.ts";
import type { Embedder } from "../../llm/index.ts";
import type { Schema } from "../schema.ts";
import { barredIds } from "./barred.ts";
import { load } from "./load.ts";
import { best } from "./ranking.ts";
import { sketchOf } from "./sketch.ts";
import { SketchTable } from "./sketch-table.ts";

/** Experiences that are embedded and written together. */
const batchSize = 64;
/** Vectors that are compared in full, those whose sketches come nearest: see docs/examples.md for what that misses. */
const compared = 400;
/** Sketches that are read before other work gets its turn. */
const readAtOnce = 10_000;

export interface VectorExperiences extends ExperienceSource {
  /**
   * Embeds every experience that has no vector of this model yet, in batches that are kept one by one: what was stopped
   * goes on where it ended. Gives how many were embedded.
   */
  index(options?: { signal?: AbortSignal; onProgress?: (left: number) => void }): Promise<number>;
}

/**
 * Experiences whose goals mean the same, by the vectors of an embedding model. The similarity is the cosine of the two
 * vectors, 0 where it is negative.
 *
 * A search compares sketches in memory, which takes some milliseconds for 100,000, and then the vectors of the nearest.
 * It first embeds at most one batch of what is new, so that a run never waits for a whole index; `index` does the rest.
 * Throws what the embedder throws, or `EMBEDDING_CHANGED` (class `config`).
 */
export function createVectorExperiences(db: Kysely<Schema>, embedder: Embedder): VectorExperiences {
  const { model } = embedder;
  const table = new SketchTable();
  let batch: Promise<number> | undefined;
  let complete: string | undefined;
  let reading: Promise<void> | undefined;

  return {
    async index({ signal, onProgress } = {}) {
      let embedded = 0;
      for (;;) {
        signal?.throwIfAborted();
        const left = await missing();
        onProgress?.(left);
        if (left === 0) return embedded;
        embedded += await embedBatch(signal);
      }
    },

    async search(query) {
      const [vector] = await embedder.embed([query.goal], { as: "query", ...signalOf(query.signal) });
      await embedSome(query.signal);
      await (reading ??= readNew().finally(() => (reading = undefined)));
      return nearest(query, vector!);
    },
  };

  /** Counting vectors takes long, so what is complete is counted again only after there are others. */
  async function embedSome(signal: AbortSignal | undefined): Promise<void> {
    const { rows } = await sql<{ now: string }>`
      SELECT count(*) || ' up to ' || max(id) AS now FROM experience`.execute(db);
    const { now } = rows[0]!;
    if (now === complete) return;
    if ((await missing()) > 0) await embedBatch(signal);
    else complete = now;
  }

  async function missing(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      SELECT (SELECT count(*) FROM experience) -
        (SELECT count(*) FROM experience_vector WHERE model = ${model}) AS count`.execute(db);
    return rows[0]!.count;
  }

  /** One batch at a time: two would embed the same goals. Whoever finds one under way waits for its end, however it ends. */
  async function embedBatch(signal: AbortSignal | undefined): Promise<number> {
    if (batch === undefined) {
      batch = embedNext(signal).finally(() => (batch = undefined));
      return batch;
    }
    await batch.catch(() => undefined);
    return 0;
  }

  async function embedNext(signal: AbortSignal | undefined): Promise<number> {
    const rows = await db
      .selectFrom("experience")
      .leftJoin("experience_vector", (join) =>
        join
          .onRef("experience_vector.experience_id", "=", "experience.id")
          .on("experience_vector.model", "=", model),
      )
      .select(["experience.id", "experience.goal"])
      .where("experience_vector.id", "is", null)
      .orderBy("experience.id")
      .limit(batchSize)
      .execute();
    const goals = [...new Set(rows.map(({ goal }) => goal))];
    const vectors = await embedder.embed(goals, { as: "passage", ...signalOf(signal) });
    const byGoal = new Map(goals.map((goal, i) => [goal, vectors[i]!]));
    await db.transaction().execute(async (trx) => {
      for (const { id, goal } of rows) {
        const vector = byGoal.get(goal)!;
        // The experience may have been forgotten, or reworded, while its goal was at the model.
        await sql`
          INSERT INTO experience_vector (experience_id, model, sketch, vector)
          SELECT id, ${model}, ${bytesOf(sketchOf(vector))}, ${bytesOf(vector)} FROM experience
          WHERE id = ${id} AND goal = ${goal}
          ON CONFLICT DO NOTHING`.execute(trx);
      }
    });
    return rows.length;
  }

  /** Brings the sketches in memory up to date with the database, which other programs write as well. */
  async function readNew(): Promise<void> {
    for (;;) {
      const rows = await db
        .selectFrom("experience_vector")
        .innerJoin("experience", "experience.id", "experience_vector.experience_id")
        .select(["experience_vector.id", "experience_id", "sketch", "kind"])
        .where("model", "=", model)
        .where("experience_vector.id", ">", table.lastId)
        .orderBy("experience_vector.id")
        .limit(readAtOnce)
        .execute();
      for (const { id, experience_id: experienceId, sketch, kind } of rows) {
        const words = new Uint32Array(copyOf(sketch));
        if (table.words !== 0 && words.length !== table.words) throw changed();
        table.add({ id, experienceId, subGoal: kind === "sub-goal", sketch: words });
      }
      if (rows.length < readAtOnce) return;
      await otherWork();
    }
  }

  async function nearest(query: ExperienceQuery, vector: Float32Array): Promise<Experience[]> {
    const sketch = sketchOf(vector);
    if (table.words === 0) return [];
    if (sketch.length !== table.words) throw changed();
    const { largest } = await db
      .selectFrom("experience")
      .select((eb) => eb.fn.max("id").as("largest"))
      .executeTakeFirstOrThrow();
    const barred = await barredIds(db, query, (largest ?? 0) + 1);
    const whole = query.kinds.includes("trajectory");
    const parts = query.kinds.includes("sub-goal");
    const ids = table.nearest(
      sketch,
      Math.max(compared, query.limit),
      (experience, subGoal) => (subGoal ? parts : whole) && barred[experience] === 0,
    );
    const rows = await db
      .selectFrom("experience_vector")
      .select(["experience_id", "vector"])
      .where(sql<boolean>`id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
      .execute();
    // In SQL the vectors would be sorted with their rows.
    rows.sort((a, b) => a.experience_id - b.experience_id);
    const found = best(query.limit, function* () {
      for (const row of rows) {
        const similarity = cosine(new Float32Array(copyOf(row.vector)), vector);
        if (similarity > 0 && similarity >= query.floor) yield { id: row.experience_id, similarity };
      }
    });
    return load(db, found);
  }

  function cosine(stored: Float32Array, vector: Float32Array): number {
    if (stored.length !== vector.length) throw changed();
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += stored[i]! * vector[i]!;
    return Math.min(1, sum);
  }

  function changed() {
    return configError(
      "EMBEDDING_CHANGED",
      `The embedding model ${model} gives vectors of other dimensions than those that the database has of it. ` +
        "Give the new one another name.",
    );
  }
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function bytesOf(numbers: Float32Array | Uint32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Numbers in a buffer must begin at a multiple of their size, which those of a row need not. */
function copyOf(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
