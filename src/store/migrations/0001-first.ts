import { type Kysely, sql } from "kysely";

const statements = [
  `CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE run (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'finished')),
    suite TEXT NOT NULL,
    suite_sha256 TEXT NOT NULL,
    seed INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    settings_json TEXT NOT NULL,
    stop_code TEXT,
    stop_message TEXT
  ) STRICT`,

  `CREATE TABLE task_instance (
    run_id TEXT NOT NULL REFERENCES run (id),
    id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    instance_json TEXT NOT NULL,
    PRIMARY KEY (run_id, id)
  ) STRICT`,

  `CREATE TABLE screen (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    package TEXT NOT NULL,
    activity TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    rotation INTEGER NOT NULL,
    tree_source TEXT NOT NULL,
    secure INTEGER NOT NULL,
    keyboard_shown INTEGER NOT NULL,
    captured_at INTEGER NOT NULL,
    elements_sha256 TEXT NOT NULL REFERENCES blob (sha256),
    xml_sha256 TEXT REFERENCES blob (sha256),
    image_sha256 TEXT REFERENCES blob (sha256)
  ) STRICT`,

  `CREATE TABLE episode (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    instance_id TEXT NOT NULL,
    slot INTEGER NOT NULL,
    sample INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'error', 'interrupted')),
    device TEXT,
    steps INTEGER NOT NULL DEFAULT 0,
    answer TEXT,
    finish_status TEXT,
    final_screen_id INTEGER REFERENCES screen (id),
    apps_json TEXT,
    started_at INTEGER,
    ended_at INTEGER,
    error_code TEXT,
    error_class TEXT,
    error_message TEXT,
    FOREIGN KEY (run_id, instance_id) REFERENCES task_instance (run_id, id),
    UNIQUE (run_id, slot, attempt)
  ) STRICT`,

  `CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    episode_id TEXT NOT NULL REFERENCES episode (id),
    number INTEGER NOT NULL,
    screen_id INTEGER NOT NULL REFERENCES screen (id),
    action_json TEXT,
    thought TEXT NOT NULL,
    response TEXT NOT NULL,
    plan_json TEXT NOT NULL,
    experiences_json TEXT NOT NULL,
    refusal_rule TEXT,
    refusal_reason TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    device_ms REAL NOT NULL,
    model_ms REAL NOT NULL,
    own_ms REAL NOT NULL,
    UNIQUE (episode_id, number)
  ) STRICT`,

  `CREATE TABLE llm_call (
    id INTEGER PRIMARY KEY,
    episode_id TEXT NOT NULL REFERENCES episode (id),
    step_id INTEGER REFERENCES step (id),
    role TEXT NOT NULL,
    prompt TEXT NOT NULL,
    model TEXT NOT NULL,
    messages_sha256 TEXT NOT NULL REFERENCES blob (sha256),
    response TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    latency_ms REAL NOT NULL,
    attempts INTEGER NOT NULL
  ) STRICT`,
  "CREATE INDEX llm_call_episode ON llm_call (episode_id)",

  `CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    episode_id TEXT NOT NULL REFERENCES episode (id),
    source TEXT NOT NULL CHECK (source IN ('check', 'critic', 'rules', 'human')),
    version TEXT NOT NULL,
    success INTEGER NOT NULL,
    detail_json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (episode_id, source, version)
  ) STRICT`,

  `CREATE TABLE step_label (
    id INTEGER PRIMARY KEY,
    verdict_id INTEGER NOT NULL REFERENCES verdict (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    condition TEXT NOT NULL,
    step INTEGER NOT NULL,
    UNIQUE (verdict_id, position)
  ) STRICT`,

  `CREATE VIRTUAL TABLE experience USING fts5 (
    words, episode_id UNINDEXED, template_id UNINDEXED, goal UNINDEXED, text UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
  )`,

  `CREATE TABLE device (
    serial TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    api_level INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    density INTEGER NOT NULL,
    emulator INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
  ) STRICT`,

  `CREATE TABLE device_event (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    device TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT`,

  `CREATE TABLE lease (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    device TEXT NOT NULL,
    token INTEGER NOT NULL,
    episode_id TEXT NOT NULL REFERENCES episode (id),
    taken_at INTEGER NOT NULL,
    released_at INTEGER
  ) STRICT`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
