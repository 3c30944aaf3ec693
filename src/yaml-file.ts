import { readFile } from "node:fs/promises";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { configError, errorMessage } from "./errors.ts";

/** Problems shown of one file. */
const mostProblems = 20;

type Path = readonly (string | number)[];

/** Something wrong in a file, and the place of its value. */
export interface YamlProblem {
  path: Path;
  message: string;
}

export interface YamlOptions<T> {
  /** Named in errors. */
  file: string;
  schema: z.ZodType<T>;
  /** Of the error that is thrown. */
  code: string;
  /** Where the format is described; it ends the message. */
  described?: string;
  /** What the shape alone does not say. */
  problemsOf?: (data: T) => YamlProblem[];
}

/** The text of a file. Throws an error of class `config`, which says what the file is and how to mend it. */
export async function readYamlText(
  file: string,
  { code, what, mend }: { code: string; what: string; mend: string },
): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw configError(code, `${file}: cannot read ${what} (${errorMessage(error)}); ${mend}`, error);
  }
}

/** Reads YAML of a known shape. Throws an error of class `config` that lists every problem by its line. */
export function parseYaml<T>(text: string, options: YamlOptions<T>): T {
  const { file, schema, code, described, problemsOf } = options;
  const lines = new LineCounter();
  const fail = (problems: string[]) => {
    const more = problems.length > mostProblems ? [`… and ${problems.length - mostProblems} more`] : [];
    const where = described === undefined ? [] : [described];
    return configError(code, [...problems.slice(0, mostProblems), ...more, ...where].join("\n"));
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw fail([`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`]);
  }
  let data: unknown;
  try {
    // Aliases are bounded, so that a small file cannot become a huge one.
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw fail([`${file}: ${errorMessage(error)}`]);
  }
  const parsed = schema.safeParse(data);
  const problems: YamlProblem[] = parsed.success
    ? (problemsOf?.(parsed.data) ?? [])
    : parsed.error.issues.map(({ path, message }) => ({
        path: path.filter((key) => typeof key !== "symbol"),
        message,
      }));
  if (parsed.success && problems.length === 0) return parsed.data;
  throw fail(
    problems.map(
      ({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${pathText(path)}: ${message}`,
    ),
  );
}

/** Such as `tasks[0].goal`. */
function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text.replace(/^\./u, "") || "file";
}

/** Line of the deepest part of the path that is in the file; 1 where nothing of it is. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
