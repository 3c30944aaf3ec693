import { ContentError } from "../system/content.ts";
import { isSqliteError } from "../system/database.ts";
import type { SqlValue } from "../system/services.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";

const usage = "usage: adb shell content [subcommand] [options]";

interface Call {
  uri: string;
  projection?: string[];
  where?: string;
  sort?: string;
  values: Record<string, SqlValue>;
}

/** A mistake in the arguments, with Android's words. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

export function content(args: readonly string[], { phone }: CommandContext): Output {
  const [verb = "", ...rest] = args;
  try {
    const call = parse(rest);
    switch (verb) {
      case "query":
        return ok(formatRows(phone.content.query(call.uri, call)));
      case "insert":
        phone.content.insert(call.uri, call.values);
        break;
      case "update":
        phone.content.update(call.uri, call.values, call.where);
        break;
      case "delete":
        phone.content.delete(call.uri, call.where);
        break;
      case "call":
        return ok("Result: null");
      case "gettype":
        return ok("Result: null");
      case "read":
      case "write":
        return accessError(
          call.uri,
          `java.io.FileNotFoundException: No files supported by provider at ${call.uri}`,
        );
      default:
        throw new UsageError(`Unsupported operation: ${verb}`);
    }
    return ok();
  } catch (error) {
    if (error instanceof UsageError) return fail(`[ERROR] ${error.message}\n\n${usage}`, 1);
    const uri = rest[rest.indexOf("--uri") + 1] ?? "";
    if (error instanceof ContentError) return accessError(uri, javaName(error.message));
    if (isSqliteError(error))
      return accessError(
        uri,
        `android.database.sqlite.SQLiteException: ${error.message} (code 1 SQLITE_ERROR)`,
      );
    throw error;
  }
}

function javaName(message: string): string {
  return message.startsWith("java.") ? message : `java.lang.IllegalStateException: ${message}`;
}

/** Android prints the trace on stderr and ends with 0. */
function accessError(uri: string, exception: string): Output {
  const authority = /^content:\/\/([^/?]+)/u.exec(uri)?.[1] ?? uri;
  return { err: `Error while accessing provider:${authority}\n${exception}\n`, code: 0 };
}

function parse(args: readonly string[]): Call {
  const call: Call = { uri: "", values: {} };
  for (let at = 0; at < args.length; at++) {
    const option = args[at]!;
    const value = args[++at];
    if (value === undefined) throw new UsageError(`Argument expected after ${option}`);
    if (option === "--uri") call.uri = value;
    else if (option === "--projection") call.projection = value.split(":");
    else if (option === "--where") call.where = value;
    else if (option === "--sort") call.sort = value;
    else if (option === "--bind") Object.assign(call.values, binding(value));
    else if (!["--user", "--method", "--arg", "--extra"].includes(option))
      throw new UsageError(`Unsupported argument: ${option}`);
  }
  if (call.uri === "")
    throw new UsageError("Content provider URI not specified. Did you specify --uri argument?");
  return call;
}

/** `name:type:value`; the value may hold colons. */
function binding(text: string): Record<string, SqlValue> {
  const match = /^((?:\\:|[^:])*):([a-z]):([\s\S]*)$/u.exec(text);
  if (match === null) throw new UsageError(`Binding not well formed: ${text}`);
  const [, rawName = "", type = "", value = ""] = match;
  const name = rawName.replaceAll("\\:", ":");
  switch (type) {
    case "s":
      return { [name]: value };
    case "b":
      return { [name]: value === "true" ? 1 : 0 };
    case "i":
    case "l":
    case "f":
    case "d": {
      const number = Number(value);
      if (value === "" || !Number.isFinite(number))
        throw new UsageError(`java.lang.NumberFormatException: For input string: "${value}"`);
      return { [name]: number };
    }
    case "n":
      return { [name]: null };
    default:
      throw new UsageError(`Unsupported type: ${type}`);
  }
}

function formatRows(rows: readonly Record<string, SqlValue>[]): string {
  if (rows.length === 0) return "No result found.";
  return rows
    .map((row, index) => {
      const fields = Object.entries(row).map(([name, value]) => `${name}=${format(value)}`);
      return `Row: ${index} ${fields.join(", ")}`;
    })
    .join("\n");
}

function format(value: SqlValue): string {
  if (value === null) return "NULL";
  return value instanceof Uint8Array ? "BLOB" : String(value);
}
