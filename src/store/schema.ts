import type { Generated } from "kysely";
import type { ExperienceKind } from "../agent/index.ts";

/**
 * The tables as they stand after every migration. Times are milliseconds since the epoch, flags are 0 or 1,
 * and columns whose name ends in `_json` hold JSON text.
 */
export interface Schema {
  blob: BlobTable;
  run: RunTable;
  task_instance: TaskInstanceTable;
  episode: EpisodeTable;
  screen: ScreenTable;
  step: StepTable;
  llm_call: LlmCallTable;
  verdict: VerdictTable;
  step_label: StepLabelTable;
  experience: ExperienceTable;
  experience_app: ExperienceAppTable;
  experience_vector: ExperienceVectorTable;
  device: DeviceTable;
  device_event: DeviceEventTable;
  lease: LeaseTable;
}

export interface BlobTable {
  sha256: string;
  bytes: number;
  media_type: string;
}

/** `stopped` runs can go on with `run --resume`. */
export type RunState = "running" | "stopped" | "finished";

export interface RunTable {
  id: string;
  created_at: number;
  ended_at: number | null;
  state: RunState;
  suite: string;
  suite_sha256: string;
  seed: number;
  samples: number;
  settings_json: string;
  stop_code: string | null;
  stop_message: string | null;
}

export interface TaskInstanceTable {
  run_id: string;
  id: string;
  template_id: string;
  position: number;
  instance_json: string;
}

/**
 * - `succeeded`, `failed`: ended by the agent or its budget, and judged by the checks.
 * - `error`: the device, host or model failed; another attempt takes its place.
 * - `interrupted`: the run was stopped or killed; another attempt takes its place on resume.
 */
export type EpisodeState = "pending" | "running" | "succeeded" | "failed" | "error" | "interrupted";

export interface EpisodeTable {
  id: string;
  run_id: string;
  instance_id: string;
  /** Place of the (instance, sample) pair in the run, from 1. */
  slot: number;
  sample: number;
  attempt: number;
  seed: number;
  state: EpisodeState;
  device: string | null;
  steps: number;
  answer: string | null;
  /** `complete` or `infeasible` as the agent said; null where it said neither. */
  finish_status: string | null;
  final_screen_id: number | null;
  /** Names of the apps the agent could open; null until the episode ended. */
  apps_json: string | null;
  /** App interfaces that were offered to the agent; null where there were none, or the episode has not ended. */
  apis_json: string | null;
  started_at: number | null;
  ended_at: number | null;
  error_code: string | null;
  error_class: string | null;
  error_message: string | null;
}

export interface ScreenTable {
  id: Generated<number>;
  fingerprint: string;
  package: string;
  activity: string;
  width: number;
  height: number;
  rotation: number;
  tree_source: string;
  secure: number;
  keyboard_shown: number;
  captured_at: number;
  elements_sha256: string;
  xml_sha256: string | null;
  image_sha256: string | null;
}

export interface StepTable {
  id: Generated<number>;
  episode_id: string;
  number: number;
  screen_id: number;
  action_json: string | null;
  thought: string;
  response: string;
  plan_json: string;
  experiences_json: string;
  refusal_rule: string | null;
  refusal_reason: string | null;
  /** What an app interface gave. */
  output: string | null;
  /** What this step's screen showed to be wrong with the action of the step before. */
  finding_rule: string | null;
  finding_reason: string | null;
  started_at: number;
  ended_at: number;
  device_ms: number;
  model_ms: number;
  own_ms: number;
}

export interface LlmCallTable {
  id: Generated<number>;
  episode_id: string;
  /** Null for calls that judge the whole episode, and for those of a round that came to no step. */
  step_id: number | null;
  role: string;
  prompt: string;
  model: string;
  messages_sha256: string;
  response: string;
  /** Empty where the model told none. */
  thinking: string;
  /** Empty where it had no name. */
  endpoint: string;
  settings_json: string;
  prompt_tokens: number;
  completion_tokens: number;
  /** US dollars; null where the price is not known. */
  cost_usd: number | null;
  truncated: number;
  /** Why an attempt that was paid for gave no answer; empty where it gave one. */
  failure: string;
  latency_ms: number;
  attempts: number;
}

export type VerdictSource = "check" | "critic" | "rules" | "human";

export interface VerdictTable {
  id: Generated<number>;
  episode_id: string;
  source: VerdictSource;
  version: string;
  /** Of the model that judged, and of its prompt; empty where a person or a rule did. */
  model: string;
  prompt: string;
  success: number;
  detail_json: string;
  created_at: number;
}

export interface StepLabelTable {
  id: Generated<number>;
  verdict_id: number;
  position: number;
  condition: string;
  /** The step that met the condition, from 1; -1 where none did. */
  step: number;
}

/** A success that ExpSearch may show. Its words are indexed in `experience_words`, an FTS5 table that triggers keep. */
export interface ExperienceTable {
  id: Generated<number>;
  episode_id: string;
  /** 0 is the whole episode; its parts count from 1. */
  position: number;
  kind: ExperienceKind;
  template_id: string;
  /** The run it comes from was one of a benchmark. */
  benchmark: number;
  /** Of the screen it began on; empty where that was not recorded. */
  package: string;
  activity: string;
  goal: string;
  /** Of goal, plan and apps, each once, with blanks between them. */
  words: string;
  text: string;
}

/** An app that an experience was seen in. */
export interface ExperienceAppTable {
  experience_id: number;
  package: string;
}

/** An experience's goal as an embedding model sees it. */
export interface ExperienceVectorTable {
  /** Never given twice, so that a process may keep what it has read. */
  id: Generated<number>;
  experience_id: number;
  model: string;
  /** See `experiences/sketch.ts`. */
  sketch: Buffer;
  /** Of length 1; 32-bit floats, little-endian. */
  vector: Buffer;
}

/** One row for each serial, identity and driver. */
export interface DeviceTable {
  id: Generated<number>;
  serial: string;
  /** Empty for devices that were recorded before it was known. */
  identity: string;
  driver: string;
  model: string;
  api_level: number;
  width: number;
  height: number;
  density: number;
  emulator: number;
  features_json: string;
  capabilities_json: string;
  last_seen_at: number;
}

export interface DeviceEventTable {
  id: Generated<number>;
  run_id: string;
  device: string;
  at: number;
  kind: string;
  detail: string;
}

export interface LeaseTable {
  id: Generated<number>;
  run_id: string;
  /** Its serial. */
  device: string;
  /** Null in leases of devices that were never described. */
  device_id: number | null;
  token: number;
  episode_id: string;
  taken_at: number;
  released_at: number | null;
}
