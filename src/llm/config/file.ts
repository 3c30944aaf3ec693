import { readFile } from "node:fs/promises";
import { type Document, LineCounter, parseDocument } from "yaml";
import { configError, errorMessage } from "../../errors.ts";
import type { ModelConfig } from "./config.ts";
import { modelConfigSchema } from "./schema.ts";

/** Problems shown of one file. */
const mostProblems = 20;

/**
 * Reads a models file (docs/models.md). Throws `MODELS_NOT_FOUND`, or `MODELS_INVALID` with every problem by its
 * line (both class `config`).
 */
export async function loadModelConfig(file: string): Promise<ModelConfig> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw configError(
      "MODELS_NOT_FOUND",
      `${file}: cannot read the models file (${errorMessage(error)}); docs/models.md has one to begin with`,
      error,
    );
  }
  return parseModelConfig(text, file);
}

/** The same from text; `file` is only named in errors. */
export function parseModelConfig(text: string, file: string): ModelConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw invalid([`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`]);
  }
  const parsed = modelConfigSchema.safeParse(toData(document, file));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map((issue) => {
      const path = issue.path.filter((key) => typeof key !== "symbol");
      return `${file}:${lineOf(document, lines, path)}: ${path.join(".") || "file"}: ${issue.message}`;
    }),
  );
}

function toData(document: Document, file: string): unknown {
  try {
    // Aliases are bounded, so that a small file cannot become a huge one.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid([`${file}: ${errorMessage(error)}`]);
  }
}

/** Line of the deepest part of the path that is in the file; 1 where nothing of it is. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function invalid(problems: string[]) {
  const more = problems.length > mostProblems ? [`… and ${problems.length - mostProblems} more`] : [];
  return configError("MODELS_INVALID", [...problems.slice(0, mostProblems), ...more].join("\n"));
}
