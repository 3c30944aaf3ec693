import { type Kysely, sql } from "kysely";

/**
 * Experiences become rows of a plain table, so that there can be several of an episode, with the apps, the screen and
 * the kind of run they come from, and with vectors of embedding models. Of older ones only the words are known.
 *
 * The full-text index has a column for each kind, because FTS5 can leave out a column far faster than rows. It stores
 * no text of its own.
 */
const statements = [
  `CREATE TABLE experience_2 (
    id INTEGER PRIMARY KEY,
    episode_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('trajectory', 'sub-goal')),
    template_id TEXT NOT NULL,
    benchmark INTEGER NOT NULL,
    package TEXT NOT NULL,
    activity TEXT NOT NULL,
    goal TEXT NOT NULL,
    words TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (episode_id, position)
  ) STRICT`,
  `INSERT INTO experience_2
    (id, episode_id, position, kind, template_id, benchmark, package, activity, goal, words, text)
    SELECT rowid, episode_id, 0, 'trajectory', template_id, 0, '', '', goal, words, text FROM experience`,
  `DROP TABLE experience`,
  `ALTER TABLE experience_2 RENAME TO experience`,
  `CREATE INDEX experience_kind ON experience (kind)`,
  `CREATE INDEX experience_template ON experience (template_id)`,
  `CREATE INDEX experience_start ON experience (package, activity)`,
  `CREATE INDEX experience_benchmark ON experience (benchmark) WHERE benchmark = 1`,

  `CREATE VIRTUAL TABLE experience_words USING fts5 (
    trajectory, sub_goal, content = '', contentless_delete = 1,
    tokenize = 'porter unicode61 remove_diacritics 2'
  )`,
  `INSERT INTO experience_words (rowid, trajectory) SELECT id, words FROM experience`,
  `CREATE TRIGGER experience_added AFTER INSERT ON experience BEGIN
    INSERT INTO experience_words (rowid, trajectory, sub_goal) VALUES (
      new.id,
      CASE new.kind WHEN 'trajectory' THEN new.words END,
      CASE new.kind WHEN 'sub-goal' THEN new.words END
    );
  END`,
  `CREATE TRIGGER experience_removed AFTER DELETE ON experience BEGIN
    DELETE FROM experience_words WHERE rowid = old.id;
  END`,
  `CREATE TRIGGER experience_reworded AFTER UPDATE OF words, kind ON experience
    WHEN old.words <> new.words OR old.kind <> new.kind BEGIN
    DELETE FROM experience_words WHERE rowid = old.id;
    INSERT INTO experience_words (rowid, trajectory, sub_goal) VALUES (
      new.id,
      CASE new.kind WHEN 'trajectory' THEN new.words END,
      CASE new.kind WHEN 'sub-goal' THEN new.words END
    );
  END`,

  `CREATE TABLE experience_app (
    package TEXT NOT NULL,
    experience_id INTEGER NOT NULL REFERENCES experience (id) ON DELETE CASCADE,
    PRIMARY KEY (package, experience_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX experience_app_experience ON experience_app (experience_id)`,

  `CREATE TABLE experience_vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    experience_id INTEGER NOT NULL REFERENCES experience (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    sketch BLOB NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (experience_id, model)
  ) STRICT`,
  // Covering, so that sketches are read without the vectors, which are twenty times as long.
  `CREATE INDEX experience_sketch ON experience_vector (model, id, experience_id, sketch)`,
  `CREATE TRIGGER experience_goal_changed AFTER UPDATE OF goal ON experience WHEN old.goal <> new.goal BEGIN
    DELETE FROM experience_vector WHERE experience_id = old.id;
  END`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
