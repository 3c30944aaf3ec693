import { countTokens } from "gpt-tokenizer";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { apiError } from "../chat-api.ts";
import { scriptedDimensions, scriptedEmbedding } from "./scripted-embedding.ts";

export const embeddingModelName = "androidgen-scripted-embedding";

const longestBody = 8 * 1024 * 1024;

const requestSchema = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1).max(2048)]),
  encoding_format: z.enum(["float", "base64"]).optional(),
});

/** `POST /v1/embeddings` with the scripted embedding. */
export function addEmbeddings(api: Hono): void {
  api.post("/v1/embeddings", bodyLimit({ maxSize: longestBody }), async (c) => {
    const parsed = requestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const said = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
      return c.json(apiError(said, "invalid_request"), 400);
    }
    const { model, input, encoding_format: format } = parsed.data;
    if (model !== embeddingModelName) {
      return c.json(
        apiError(`There is only the embedding model ${embeddingModelName} here.`, "model_not_found"),
        404,
      );
    }
    const texts = typeof input === "string" ? [input] : input;
    const tokens = texts.reduce((sum, text) => sum + countTokens(text, { disallowedSpecial: new Set() }), 0);
    return c.json({
      object: "list",
      data: texts.map((text, index) => ({ object: "embedding", index, embedding: encoded(text, format) })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  });
}

function encoded(text: string, format: "float" | "base64" | undefined): number[] | string {
  const vector = scriptedEmbedding(text);
  if (format !== "base64") return vector;
  const bytes = Buffer.alloc(scriptedDimensions * 4);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes.toString("base64");
}
