import { type Kysely, type Transaction } from "kysely";
import type { Experience, ExperienceSource } from "../../agent/index.ts";
import type { Embedder } from "../../llm/index.ts";
import type { Schema } from "../schema.ts";
import { createVectorExperiences, type VectorExperiences } from "./by-vectors.ts";
import { searchByWords } from "./by-words.ts";
import { wordsOf } from "./words.ts";

export interface NewExperience extends Omit<Experience, "episodeId" | "similarity"> {
  /** The agent's plan, one line for each item. */
  plan: string;
  /** Names of the apps that the task needs. */
  apps: readonly string[];
  /** Packages of the apps that were seen. */
  packages: readonly string[];
  /** The screen it began on. */
  start: { package: string; activity: string };
  /** It comes from a run of a benchmark. */
  benchmark: boolean;
}

/** What ExpSearch finds by words; see `searchByWords`. */
export interface Experiences extends ExperienceSource {
  /**
   * Makes a success findable, whole and in parts: the experiences of an episode, which take the place of earlier ones.
   * What did not change keeps its vectors.
   */
  keep(episodeId: string, experiences: readonly NewExperience[]): Promise<void>;
  forget(episodeId: string): Promise<void>;
  count(): Promise<number>;
  /** The same experiences, found by the vectors of an embedding model. It keeps a table in memory: one for a process. */
  byVectors(embedder: Embedder): VectorExperiences;
}

export function createExperiences(db: Kysely<Schema>): Experiences {
  return {
    async keep(episodeId, experiences) {
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom("experience")
          .where("episode_id", "=", episodeId)
          .where("position", ">=", experiences.length)
          .execute();
        for (const [position, experience] of experiences.entries()) {
          await upsert(trx, episodeId, position, experience);
        }
      });
    },

    async forget(episodeId) {
      await db.deleteFrom("experience").where("episode_id", "=", episodeId).execute();
    },

    async count() {
      const { count } = await db
        .selectFrom("experience")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return count;
    },

    byVectors: (embedder) => createVectorExperiences(db, embedder),
    search: (query) => searchByWords(db, query),
  };
}

async function upsert(
  trx: Transaction<Schema>,
  episodeId: string,
  position: number,
  experience: NewExperience,
): Promise<void> {
  const { kind, templateId, goal, text, plan, apps, packages, start, benchmark } = experience;
  const row = {
    kind,
    template_id: templateId,
    benchmark: Number(benchmark),
    package: start.package,
    activity: start.activity,
    goal,
    words: wordsOf(`${goal}\n${plan}\n${apps.join(" ")}`).join(" "),
    text,
  };
  const { id } = await trx
    .insertInto("experience")
    .values({ episode_id: episodeId, position, ...row })
    .onConflict((conflict) => conflict.columns(["episode_id", "position"]).doUpdateSet(row))
    .returning("id")
    .executeTakeFirstOrThrow();
  await trx.deleteFrom("experience_app").where("experience_id", "=", id).execute();
  const seen = [...new Set(packages)].map((name) => ({ experience_id: id, package: name }));
  if (seen.length > 0) await trx.insertInto("experience_app").values(seen).execute();
}
