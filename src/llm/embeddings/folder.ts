import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { configError, errorMessage } from "../../errors.ts";
import type { FolderEmbedding } from "./config.ts";
import type { Embedder } from "./embedder.ts";
import { inBatches } from "./in-batches.ts";

const packageName = "@huggingface/transformers";
/** The version that androidgen is tested with. */
const packageVersion = "4.3.1";

/** What we use of the package, which is not there unless the user wants it: it brings 476 MB. */
interface Transformers {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean };
  pipeline: (
    task: "feature-extraction",
    model: string,
    options: { dtype: string; local_files_only: boolean },
  ) => Promise<Extractor>;
}

interface Extractor {
  (
    texts: string[],
    options: { pooling: "mean"; normalize: boolean },
  ): Promise<{ dims: number[]; data: Float32Array }>;
  dispose(): Promise<unknown>;
}

/**
 * A model in a folder, run here. As AndroidGen does with contriever, the vectors of a text's tokens are averaged.
 * Nothing is looked up on the network. Throws `EMBEDDING_PACKAGE_MISSING` or `EMBEDDING_MODEL_INVALID` (class `config`).
 */
export async function openFolderEmbedder(config: FolderEmbedding): Promise<Embedder> {
  const folder = path.resolve(config.folder);
  await checkFolder(folder);
  const { env, pipeline } = await importTransformers(folder);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  let extract: Extractor;
  try {
    extract = await pipeline("feature-extraction", folder, { dtype: config.dtype, local_files_only: true });
  } catch (error) {
    throw invalid(folder, errorMessage(error), error);
  }
  return {
    model: config.model ?? path.basename(folder),
    embed: (texts, { as, signal }) =>
      inBatches(texts, config.batch, signal, async (some) => {
        const written = some.map((text) => `${config.prefix?.[as] ?? ""}${text}`);
        const { dims, data } = await extract(written, { pooling: "mean", normalize: true });
        const [count, dimensions] = dims;
        if (dims.length !== 2 || count !== some.length) {
          throw invalid(folder, `it gave [${dims.join(", ")}] numbers for ${some.length} texts`);
        }
        return some.map((_, i) => data.slice(i * dimensions!, (i + 1) * dimensions!));
      }),
    close: async () => void (await extract.dispose()),
  };
}

async function checkFolder(folder: string): Promise<void> {
  for (const file of ["config.json", "tokenizer.json"]) {
    try {
      await access(path.join(folder, file));
    } catch (error) {
      throw invalid(folder, `it has no ${file} that can be read`, error);
    }
  }
}

function invalid(folder: string, why: string, cause?: unknown) {
  return configError(
    "EMBEDDING_MODEL_INVALID",
    `${folder} is not an embedding model that can be used: ${why}. It needs config.json, tokenizer.json and ` +
      "onnx/model.onnx (or the weights that dtype names), as the Hugging Face Hub has them.",
    cause,
  );
}

/** The package beside androidgen, or beside the model. */
async function importTransformers(folder: string): Promise<Transformers> {
  for (const from of [import.meta.url, path.join(folder, "config.json")]) {
    let entry: string;
    try {
      entry = createRequire(from).resolve(packageName);
    } catch {
      continue;
    }
    return (await import(pathToFileURL(entry).href)) as Transformers;
  }
  throw configError(
    "EMBEDDING_PACKAGE_MISSING",
    `A model in a folder needs the package ${packageName}, which is installed neither beside androidgen nor beside ` +
      `${folder}. Install it in the folder that holds the model: npm install ${packageName}@${packageVersion}`,
  );
}
