import type { ContentWay, TypedText } from "../declaration.ts";
import { sqlContains, sqlText, uriPart } from "../encode.ts";
import { fill } from "../holes.ts";

/** Types of `content --bind column:type:value` (AOSP cmds/content); the value may hold colons. */
const bindTypes: Record<TypedText["type"], string> = {
  string: "s",
  int: "i",
  long: "l",
  float: "d",
  boolean: "b",
};

/** The command that asks a content provider. Where it has no condition left, a query gives all rows. */
export function contentCommand(content: ContentWay, values: ReadonlyMap<string, string>): string[] {
  const argv = ["content", content.verb, "--uri", fill(content.uri, values, uriPart)!];
  if (content.columns.length > 0) argv.push("--projection", content.columns.join(":"));
  for (const [column, { type, text }] of Object.entries(content.values)) {
    const value = fill(text, values);
    if (value !== undefined) argv.push("--bind", `${column}:${bindTypes[type]}:${value}`);
  }
  const conditions = [
    ...conditionsOf(content.where, values, (column, value) => `${column} = ${sqlText(value)}`),
    ...conditionsOf(content.like, values, sqlContains),
  ];
  if (conditions.length > 0) argv.push("--where", conditions.join(" AND "));
  if (content.sort !== undefined) argv.push("--sort", content.sort);
  return argv;
}

function conditionsOf(
  columns: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
  condition: (column: string, value: string) => string,
): string[] {
  return Object.entries(columns).flatMap(([column, template]) => {
    const value = fill(template, values);
    return value === undefined ? [] : [condition(column, value)];
  });
}
