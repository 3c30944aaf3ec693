import { z } from "zod";
import { configError } from "../../errors.ts";
import { openApiEmbedder } from "./api.ts";
import { type EmbeddingConfig, embeddingConfig } from "./config.ts";
import type { Embedder } from "./embedder.ts";
import { openFolderEmbedder } from "./folder.ts";

/**
 * The embedding model that the configuration names; whoever opens it closes it. Throws `EMBEDDING_CONFIG`, what
 * `openApiEmbedder` or what `openFolderEmbedder` throws.
 */
export async function openEmbedder(
  config: EmbeddingConfig,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Embedder> {
  const parsed = embeddingConfig.safeParse(config);
  if (!parsed.success) {
    throw configError(
      "EMBEDDING_CONFIG",
      `The embedding model needs either baseUrl and model, or folder, as docs/examples.md shows: ${z.prettifyError(parsed.error).replaceAll(/\s+/gu, " ")}`,
    );
  }
  return "folder" in parsed.data ? openFolderEmbedder(parsed.data) : openApiEmbedder(parsed.data, env);
}
