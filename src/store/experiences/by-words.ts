import { type Kysely, sql } from "kysely";
import type { Experience, ExperienceKind, ExperienceQuery } from "../../agent/index.ts";
import type { Schema } from "../schema.ts";
import { barredIds } from "./barred.ts";
import { idsOf } from "./ids.ts";
import { best } from "./ranking.ts";
import { load } from "./load.ts";
import { wordsOf } from "./words.ts";

/** Words of a goal that are looked up; the rest of a very long goal adds nothing. */
const mostWords = 40;
/** A word of more experiences than this tells them apart so little that reading them all is not worth its time. */
const commonAt = 10_000;

/**
 * Experiences that share words with a goal. FTS5 tells which experiences have which word, by its stem.
 *
 * The similarity is the share of the goal's words that an experience has, each word weighed by how rare it is among the
 * experiences: ln(1 + all / those that have it). A word that none has weighs most, and takes its share away from all.
 * Very common words are left out on both sides. bm25 is not used: it visits each row of each word, which takes 50 to
 * 100 ms among 100,000 experiences, and its scores of two goals cannot be compared.
 */
export async function searchByWords(db: Kysely<Schema>, query: ExperienceQuery): Promise<Experience[]> {
  const words = wordsOf(query.goal).slice(0, mostWords);
  if (words.length === 0 || query.kinds.length === 0) return [];
  const { all, size } = await extent(db, query.kinds);
  if (all === 0) return [];

  const rare = await postings(db, words, query.kinds, commonAt + 1);
  const told = rare.filter((ids) => ids.length <= commonAt);
  const used = told.length > 0 ? told : await postings(db, words, query.kinds, -1);

  const scores = new Float64Array(size);
  let whole = 0;
  for (const ids of used) {
    const weight = Math.log1p(all / Math.max(1, ids.length));
    whole += weight;
    for (const id of ids) scores[id]! += weight;
  }
  const barred = await barredIds(db, query, size);
  // Sums of the same weights in another order may differ in their last bits.
  const similarity = (id: number) => Math.min(1, scores[id]! / whole + 1e-12);
  const found = best(query.limit, function* () {
    for (let id = 1; id < size; id++) {
      if (scores[id]! > 0 && barred[id] === 0 && similarity(id) >= query.floor)
        yield { id, similarity: similarity(id) };
    }
  });
  return load(db, found);
}

/** How many experiences of these kinds there are, and one more than the largest id. */
async function extent(db: Kysely<Schema>, kinds: readonly ExperienceKind[]) {
  const { all } = await db
    .selectFrom("experience")
    .select((eb) => eb.fn.countAll<number>().as("all"))
    .where("kind", "in", kinds)
    .executeTakeFirstOrThrow();
  const { largest } = await db
    .selectFrom("experience")
    .select((eb) => eb.fn.max("id").as("largest"))
    .executeTakeFirstOrThrow();
  return { all, size: (largest ?? 0) + 1 };
}

/** The experiences that have each word; at most `limit` of them, or all where it is -1. */
async function postings(
  db: Kysely<Schema>,
  words: readonly string[],
  kinds: readonly ExperienceKind[],
  limit: number,
): Promise<(readonly number[])[]> {
  const columns = kinds.map((kind) => (kind === "trajectory" ? "trajectory" : "sub_goal")).join(" ");
  const found: (readonly number[])[] = [];
  for (const word of words) {
    // Quoted, so that nothing in a goal is read as FTS5 syntax.
    const match = `{${columns}} : "${word.replaceAll('"', '""')}"`;
    const ids = sql`
      SELECT rowid AS id FROM experience_words WHERE experience_words MATCH ${match} LIMIT ${limit}`;
    found.push(await idsOf(db, ids));
  }
  return found;
}
