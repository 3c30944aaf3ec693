import { z } from "zod";

const perPurpose = z.strictObject({ query: z.string(), passage: z.string() });

const shared = {
  /** Written before each text, where a model wants it: `query: ` and `passage: ` for E5. */
  prefix: perPurpose.optional(),
};

/** An OpenAI-compatible embeddings API. Holds no key. */
export const apiEmbedding = z.strictObject({
  /** Up to and including `/v1`. */
  baseUrl: z.string(),
  model: z.string().min(1),
  /** Name of the environment variable that holds the key; local servers often need none. */
  keyEnv: z.string().min(1).optional(),
  /** Shorter vectors, where the model can make them. */
  dimensions: z.int().min(1).max(8192).optional(),
  /** The field `input_type` of a request, where the API has one. */
  inputType: perPurpose.optional(),
  /** Texts of one request. */
  batch: z.int().min(1).max(128).default(64),
  timeoutSeconds: z.number().positive().default(60),
  ...shared,
});

/** A model in a folder, as the Hugging Face Hub has it, with its ONNX weights under `onnx/`. Nothing is downloaded. */
export const folderEmbedding = z.strictObject({
  folder: z.string().min(1),
  /** How records name the model; the folder's own name where not given. */
  model: z.string().min(1).optional(),
  /** Which of the weights: `fp32` is `onnx/model.onnx`, `q8` is `onnx/model_quantized.onnx`. */
  dtype: z.enum(["fp32", "fp16", "q8", "q4"]).default("fp32"),
  /** Texts that go through the model at a time. */
  batch: z.int().min(1).max(256).default(16),
  ...shared,
});

/** Which embedding model, in a file of models or as plain data. */
export const embeddingConfig = z.union([apiEmbedding, folderEmbedding], {
  error:
    "baseUrl and model of an API are needed, or a folder, and no other fields than docs/examples.md names",
});

export type ApiEmbedding = z.infer<typeof apiEmbedding>;
export type FolderEmbedding = z.infer<typeof folderEmbedding>;
export type EmbeddingConfig = z.input<typeof embeddingConfig>;
