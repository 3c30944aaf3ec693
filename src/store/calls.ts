import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type {
  CallSettings,
  ChatMessage,
  ChatResponse,
  ContentPart,
  ModelRole,
  RecordedCall,
  TokenUsage,
} from "../llm/index.ts";
import type { Blobs } from "./blobs.ts";
import type { BlobTable, LlmCallTable, Schema } from "./schema.ts";
import { insertBlobs, putPicture } from "./screens.ts";

/** A model call whose messages are on disk and whose row is still to be written. */
export interface SavedCall {
  row: Omit<LlmCallTable, "id" | "episode_id" | "step_id">;
  blobs: BlobTable[];
}

/** A message as it is stored: a picture is named by the hash of its file. */
export interface StoredMessage {
  role: ChatMessage["role"];
  content: string | StoredPart[];
}

export type StoredPart =
  | { type: "text"; text: string }
  | { type: "image"; sha256: string; mediaType: string };

export interface StoredCall extends Omit<RecordedCall, "messages"> {
  /** Absent for calls that judge the whole episode, and for those of a round that came to no step. */
  step?: number;
  messages: StoredMessage[];
}

/** What was asked last, by the id of its prompt, and what came back. */
export interface Answer {
  prompt: string;
  response: string;
}

export interface Calls {
  /** Writes the messages of calls. Their rows follow with the step that they belong to. */
  save(calls: readonly RecordedCall[]): Promise<SavedCall[]>;
  /** Records calls of an episode that belong to no step: those that judge it, and those of a round that broke off. */
  record(episodeId: string, calls: readonly RecordedCall[]): Promise<void>;
  /** In the order they were made. */
  list(episodeId: string): Promise<StoredCall[]>;
  /** Step → its last call of a role that was answered, without the messages: those of a whole episode are long. */
  answers(episodeId: string, role: ModelRole): Promise<Map<number, Answer>>;
  /** Calls, tokens and known cost of a whole run, its unfinished attempts and judges included. */
  usage(runId: string): Promise<TokenUsage & { calls: number; costUsd: number }>;
  /** Role → the models that answered in a run, as their endpoints name them; more than one after a resume, say. */
  models(runId: string): Promise<Record<string, string[]>>;
}

export function createCalls(db: Kysely<Schema>, blobs: Blobs): Calls {
  const calls: Calls = {
    save: (made) => Promise.all(made.map((call) => save(blobs, call))),

    async record(episodeId, made) {
      const saved = await calls.save(made);
      await db.transaction().execute((trx) => insertCalls(trx, saved, episodeId, null));
    },

    async list(episodeId) {
      const rows = await db
        .selectFrom("llm_call")
        .leftJoin("step", "step.id", "llm_call.step_id")
        .innerJoin("blob", "blob.sha256", "llm_call.messages_sha256")
        .selectAll("llm_call")
        .select(["step.number as step", "blob.media_type as mediaType"])
        .where("llm_call.episode_id", "=", episodeId)
        .orderBy("llm_call.id")
        .execute();
      return Promise.all(
        rows.map(async (row): Promise<StoredCall> => {
          const blob = { sha256: row.messages_sha256, media_type: row.mediaType };
          return {
            ...(row.step === null ? {} : { step: row.step }),
            role: row.role as RecordedCall["role"],
            prompt: row.prompt,
            messages: JSON.parse(await blobs.getText(blob)) as StoredMessage[],
            response: responseOf(row),
          };
        }),
      );
    },

    async answers(episodeId, role) {
      const rows = await db
        .selectFrom("llm_call")
        .innerJoin("step", "step.id", "llm_call.step_id")
        .select(["step.number", "llm_call.prompt", "llm_call.response"])
        .where("llm_call.episode_id", "=", episodeId)
        .where("llm_call.role", "=", role)
        .where("llm_call.failure", "=", "")
        .orderBy("llm_call.id")
        .execute();
      return new Map(rows.map(({ number, ...answer }) => [number, answer]));
    },

    async usage(runId) {
      return db
        .selectFrom("llm_call")
        .innerJoin("episode", "episode.id", "llm_call.episode_id")
        .select(({ fn }) => [
          fn.countAll<number>().as("calls"),
          fn.coalesce(fn.sum<number>("prompt_tokens"), sql<number>`0`).as("promptTokens"),
          fn.coalesce(fn.sum<number>("completion_tokens"), sql<number>`0`).as("completionTokens"),
          fn.coalesce(fn.sum<number>("cost_usd"), sql<number>`0.0`).as("costUsd"),
        ])
        .where("episode.run_id", "=", runId)
        .executeTakeFirstOrThrow();
    },

    async models(runId) {
      const rows = await db
        .selectFrom("llm_call")
        .innerJoin("episode", "episode.id", "llm_call.episode_id")
        .select(["role", "model"])
        .distinct()
        .where("episode.run_id", "=", runId)
        .orderBy("role")
        .orderBy("model")
        .execute();
      const models: Record<string, string[]> = {};
      for (const { role, model } of rows) (models[role] ??= []).push(model);
      return models;
    },
  };
  return calls;
}

async function save(blobs: Blobs, call: RecordedCall): Promise<SavedCall> {
  const pictures: BlobTable[] = [];
  const messages: StoredMessage[] = [];
  for (const { role, content } of call.messages) {
    messages.push({ role, content: await storeContent(blobs, content, pictures) });
  }
  const text = await blobs.putText(JSON.stringify(messages), "json");
  const row = {
    role: call.role,
    prompt: call.prompt,
    model: call.response.model,
    messages_sha256: text.sha256,
    response: call.response.text,
    thinking: call.response.thinking ?? "",
    endpoint: call.response.endpoint ?? "",
    settings_json: JSON.stringify(call.response.settings ?? {}),
    cost_usd: call.response.costUsd ?? null,
    truncated: call.response.truncated === true ? 1 : 0,
    failure: call.response.failure ?? "",
    prompt_tokens: call.response.usage.promptTokens,
    completion_tokens: call.response.usage.completionTokens,
    latency_ms: call.response.latencyMs,
    attempts: call.response.attempts,
  };
  return { row, blobs: [text, ...pictures] };
}

function responseOf(row: Omit<Selectable<LlmCallTable>, "id">): ChatResponse {
  const settings = JSON.parse(row.settings_json) as CallSettings;
  return {
    text: row.response,
    ...(row.thinking === "" ? {} : { thinking: row.thinking }),
    model: row.model,
    ...(row.endpoint === "" ? {} : { endpoint: row.endpoint }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    usage: { promptTokens: row.prompt_tokens, completionTokens: row.completion_tokens },
    ...(row.cost_usd === null ? {} : { costUsd: row.cost_usd }),
    latencyMs: row.latency_ms,
    attempts: row.attempts,
    ...(row.truncated === 1 ? { truncated: true } : {}),
    ...(row.failure === "" ? {} : { failure: row.failure }),
  };
}

async function storeContent(
  blobs: Blobs,
  content: string | ContentPart[],
  pictures: BlobTable[],
): Promise<StoredMessage["content"]> {
  if (typeof content === "string") return content;
  const parts: StoredPart[] = [];
  for (const part of content) {
    if (part.type === "text") {
      parts.push(part);
      continue;
    }
    const blob = await putPicture(blobs, part);
    pictures.push(blob);
    parts.push({ type: "image", sha256: blob.sha256, mediaType: blob.media_type });
  }
  return parts;
}

/** Writes the rows of calls in the caller's transaction. */
export async function insertCalls(
  trx: Transaction<Schema>,
  calls: readonly SavedCall[],
  episodeId: string,
  stepId: number | null,
): Promise<void> {
  if (calls.length === 0) return;
  await insertBlobs(
    trx,
    calls.flatMap((call) => call.blobs),
  );
  const rows = calls.map((call) => ({ ...call.row, episode_id: episodeId, step_id: stepId }));
  await trx.insertInto("llm_call").values(rows).execute();
}
