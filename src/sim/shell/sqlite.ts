import { isSqliteError } from "../system/database.ts";
import type { SimDatabase, SqlValue } from "../system/services.ts";
import { absolute, fail, ok, type CommandContext, type Output } from "./command.ts";
import { formatTable, type TableOptions } from "./sqlite-format.ts";
import { splitStatements } from "./sqlite-split.ts";

const modes = new Set(["list", "csv", "json", "line", "column", "quote", "tabs", "html"]);

/** The sqlite3 shell: options, dot commands and SQL from the arguments or standard input. */
export function sqlite3(args: readonly string[], context: CommandContext): Output {
  const table: TableOptions = { mode: "list", header: false, separator: "|", nullText: "", newline: "\n" };
  const words: string[] = [];
  let bail = false;
  const before: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    const option = word.replace(/^--?/u, "");
    if (!word.startsWith("-") || word === "-") words.push(word);
    else if (option === "header") table.header = true;
    else if (option === "noheader") table.header = false;
    else if (option === "separator") table.separator = args[++at] ?? "|";
    else if (option === "newline") table.newline = args[++at] ?? "\n";
    else if (option === "nullvalue") table.nullText = args[++at] ?? "";
    else if (option === "cmd") before.push(args[++at] ?? "");
    else if (option === "bail") bail = true;
    else if (option === "version") return ok("3.32.2 2021-07-12 15:00:17");
    else if (modes.has(option)) setMode(table, option);
    else if (!["batch", "readonly", "interactive"].includes(option))
      return fail(`sqlite3: Error: unknown option: ${word}\nUse -help for a list of options.`);
  }
  const [file, ...sql] = words;
  const script = [...before, ...(sql.length > 0 ? sql : [Buffer.from(context.stdin).toString("utf8")])];
  if (file === undefined || file === ":memory:")
    return fail("Error: the simulated sqlite3 needs a database file");
  const path = absolute(context, file);
  if (!context.phone.files.exists(path.replace(/\/[^/]*$/u, "") || "/"))
    return fail(`Error: unable to open database "${file}": unable to open database file`);
  return runScript(context.phone.databases.open(path), script, table, bail, context);
}

function setMode(table: TableOptions, mode: string): void {
  table.mode = mode;
  if (mode === "csv") table.separator = ",";
  if (mode === "tabs") table.separator = "\t";
}

function runScript(
  database: SimDatabase,
  script: readonly string[],
  table: TableOptions,
  bail: boolean,
  context: CommandContext,
): Output {
  let out = "";
  let err = "";
  let code = 0;
  for (const text of script)
    for (const statement of splitStatements(text)) {
      if (statement.startsWith(".quit") || statement.startsWith(".exit")) return { out, err, code };
      try {
        out += statement.startsWith(".")
          ? dotCommand(statement, database, table)
          : formatTable(database.all(statement), table);
      } catch (error) {
        if (!isSqliteError(error) && !(error instanceof DotError)) throw error;
        err += error instanceof DotError ? `${error.message}\n` : `Error: ${where(error)}${error.message}\n`;
        code = 1;
        // The arguments' SQL stops at its first error; a script on stdin goes on, unless told to bail.
        if (bail || script.length > 1 || context.stdin.length === 0) return { out, err, code };
      }
    }
  return { out, err, code };
}

/** Since 3.3x the shell says in which phase a statement failed. */
function where(error: { code: string }): string {
  return error.code === "SQLITE_ERROR"
    ? "in prepare, "
    : error.code.startsWith("SQLITE_CONSTRAINT")
      ? "stepping, "
      : "";
}

class DotError extends Error {}

function dotCommand(line: string, database: SimDatabase, table: TableOptions): string {
  const [name = "", ...args] = line.trim().split(/\s+/u);
  const pattern = args[0]?.replace(/^['"]|['"]$/gu, "") ?? "%";
  switch (name) {
    case ".tables": {
      const rows = database.all(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name LIKE ? ORDER BY 1",
        [pattern],
      );
      return rows.map((row) => `${text(row["name"])}\n`).join("");
    }
    case ".schema": {
      const rows = database.all(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%' AND tbl_name LIKE ? ORDER BY rowid",
        [pattern],
      );
      return rows.map((row) => `${text(row["sql"])};\n`).join("");
    }
    case ".databases":
      return "main: r/w\n";
    case ".headers":
    case ".header":
      table.header = args[0] === "on" || args[0] === "yes" || args[0] === "1";
      return "";
    case ".mode":
      if (!modes.has(args[0] ?? ""))
        throw new DotError(`Error: mode should be one of: ${[...modes].join(" ")}`);
      setMode(table, args[0]!);
      return "";
    case ".separator":
      table.separator = (args[0] ?? "|").replace(/^['"]|['"]$/gu, "").replaceAll("\\t", "\t");
      return "";
    case ".nullvalue":
      table.nullText = args[0] ?? "";
      return "";
    case ".timeout":
      return "";
    default:
      throw new DotError(
        `Error: unknown command or invalid arguments:  "${name.slice(1)}". Enter ".help" for help`,
      );
  }
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
