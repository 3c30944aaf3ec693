import { parseYaml, readYamlText } from "../../yaml-file.ts";
import type { ModelConfig } from "./config.ts";
import { modelConfigSchema } from "./schema.ts";

/**
 * Reads a models file (docs/models.md). Throws `MODELS_NOT_FOUND`, or `MODELS_INVALID` with every problem by its
 * line (both class `config`).
 */
export async function loadModelConfig(file: string): Promise<ModelConfig> {
  const mend = "docs/models.md has one to begin with";
  const text = await readYamlText(file, { code: "MODELS_NOT_FOUND", what: "the models file", mend });
  return parseModelConfig(text, file);
}

/** The same from text; `file` is only named in errors. */
export function parseModelConfig(text: string, file: string): ModelConfig {
  return parseYaml(text, {
    file,
    schema: modelConfigSchema,
    code: "MODELS_INVALID",
    described: "docs/models.md describes the format",
  });
}
