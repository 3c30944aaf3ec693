import { type Kysely, sql } from "kysely";
import type { Experience, ExperienceSource } from "../agent/index.ts";
import type { Schema } from "./schema.ts";

/** Words of a goal that are looked up; the rest of a very long goal adds nothing. */
const mostWords = 40;

export interface NewExperience extends Experience {
  /** The agent's plan, one line for each item. */
  plan: string;
  apps: readonly string[];
}

export interface Experiences extends ExperienceSource {
  /** Makes a kept success findable; it takes the place of an earlier one of the same episode. */
  keep(experience: NewExperience): Promise<void>;
  forget(episodeId: string): Promise<void>;
  count(): Promise<number>;
}

export function createExperiences(db: Kysely<Schema>): Experiences {
  return {
    async keep({ episodeId, templateId, goal, text, plan, apps }) {
      const words = wordsOf(`${goal}\n${plan}\n${apps.join(" ")}`).join(" ");
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom("experience").where("episode_id", "=", episodeId).execute();
        await trx
          .insertInto("experience")
          .values({ words, episode_id: episodeId, template_id: templateId, goal, text })
          .execute();
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

    async search({ goal, limit, excludeTemplate }) {
      const query = matchExpression(goal);
      if (query === "") return [];
      const found = await sql<Experience>`
        SELECT episode_id AS episodeId, template_id AS templateId, goal, text
        FROM experience
        WHERE experience MATCH ${query} AND template_id IS NOT ${excludeTemplate ?? null}
        ORDER BY bm25(experience), rowid
        LIMIT ${limit}`.execute(db);
      return found.rows;
    },
  };
}

/** Any of the goal's words. Each is quoted, so that nothing in a goal is read as FTS5 syntax. */
function matchExpression(goal: string): string {
  return wordsOf(goal)
    .slice(0, mostWords)
    .map((word) => `"${word.replaceAll('"', '""')}"`)
    .join(" OR ");
}

/** Distinct words, found the way people separate them: also in Chinese, where FTS5 sees one long word. */
function wordsOf(text: string): string[] {
  const segments = new Intl.Segmenter("en", { granularity: "word" }).segment(text.toLowerCase());
  const words = [...segments].filter((part) => part.isWordLike).map((part) => part.segment);
  return [...new Set(words)];
}
