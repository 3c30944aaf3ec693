import { readFile } from "node:fs/promises";
import path from "node:path";
import type { AgentSpec, ExperienceSource } from "../../agent/index.ts";
import { configError, errorMessage } from "../../errors.ts";
import { type Embedder, embeddingConfig, openEmbedder } from "../../llm/index.ts";
import type { Store } from "../../store/index.ts";
import { parseYaml } from "../../yaml-file.ts";

/**
 * The embedding model that a file names (docs/examples.md), where one is named; its owner closes it. A model's folder is
 * looked for from where the file lies. Throws `EMBEDDING_CONFIG` with every problem by its line, or what `openEmbedder`
 * throws.
 */
export async function namedEmbedder(file: string | undefined): Promise<Embedder | undefined> {
  if (file === undefined) return undefined;
  const config = parseYaml(await readText(file), { file, schema: embeddingConfig, code: "EMBEDDING_CONFIG" });
  return openEmbedder(
    "folder" in config ? { ...config, folder: path.resolve(path.dirname(file), config.folder) } : config,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const message = `${file}: cannot read the file of the embedding model (${errorMessage(error)}); docs/examples.md has one`;
    throw configError("EMBEDDING_CONFIG", message, error);
  }
}

/** The agent with the model's name in its settings, which say by what goals are compared. */
export function withEmbedder(agent: AgentSpec, embedder: Embedder | undefined): AgentSpec {
  if (embedder === undefined) return agent;
  return { ...agent, expSearch: { ...agent.expSearch, by: embedder.model } };
}

/**
 * A database's experiences, found by the embedding model, once it has a vector of each; by words where there is no model.
 * What is still to be embedded is told on standard error, as it may take minutes. Throws what the model throws, also
 * where nothing is to be embedded yet: a wrong name or key is not left to the first episode.
 */
export async function experiencesOf(
  { experiences }: Store,
  embedder: Embedder | undefined,
  signal: AbortSignal,
): Promise<ExperienceSource> {
  if (embedder === undefined) return experiences;
  await embedder.embed(["ready"], { as: "query", signal });
  const byVectors = experiences.byVectors(embedder);
  await byVectors.index({
    signal,
    onProgress: (left) => {
      if (left > 0)
        process.stderr.write(`${left} experiences are still to be embedded by ${embedder.model}\n`);
    },
  });
  return byVectors;
}
