import type { Device } from "../device/index.ts";
import { infraError } from "../errors.ts";
import type { ParameterValue } from "./task.ts";

/**
 * Rows of a content provider, by `content query` (AOSP cmds/content). Its output is not quoted, so the columns
 * are named and each value is read up to the next column's name.
 */
export async function queryContent(
  device: Device,
  uri: string,
  columns: readonly string[],
): Promise<Record<string, string>[]> {
  const argv = ["content", "query", "--uri", uri, "--projection", columns.join(":")];
  const { stdout, stderr, exitCode } = await device.shell(argv);
  const trouble = `${stderr}\n${stdout}`.match(/^(?:\[ERROR\]|Error while|java\.lang\.).*/m);
  if (exitCode !== 0 || trouble) {
    throw infraError(
      "CONTENT_QUERY",
      `${device.info.serial}: ${argv.join(" ")}: ${trouble?.[0] ?? stderr.trim()}`,
    );
  }
  return parseRows(stdout, columns);
}

/** Reads `Row: 0 a=…, b=…` lines; a value may hold line breaks. */
export function parseRows(output: string, columns: readonly string[]): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let rest = output;
  while (rest.startsWith(`Row: ${rows.length} `)) {
    const next = rest.indexOf(`\nRow: ${rows.length + 1} `);
    const line = next === -1 ? rest.replace(/\n$/, "") : rest.slice(0, next);
    rows.push(parseRow(line.slice(line.indexOf(" ", 5) + 1), columns));
    rest = next === -1 ? "" : rest.slice(next + 1);
  }
  return rows;
}

function parseRow(line: string, columns: readonly string[]): Record<string, string> {
  const row: Record<string, string> = {};
  let rest = line;
  columns.forEach((column, i) => {
    const start = rest.indexOf(`${column}=`);
    const following = columns[i + 1];
    const end = following === undefined ? -1 : rest.indexOf(`, ${following}=`);
    row[column] = rest.slice(start + column.length + 1, end === -1 ? undefined : end);
    rest = end === -1 ? rest : rest.slice(end + 2);
  });
  return row;
}

/** Adds a row and fails when the provider refuses it. */
export async function insertContent(
  device: Device,
  uri: string,
  values: Record<string, ParameterValue>,
): Promise<void> {
  const binds = Object.entries(values).flatMap(([column, value]) => [
    "--bind",
    typeof value === "number" ? `${column}:l:${value}` : `${column}:s:${value}`,
  ]);
  await content(device, ["insert", "--uri", uri, ...binds]);
}

export async function deleteContent(device: Device, uri: string, where: string | undefined): Promise<void> {
  await content(device, ["delete", "--uri", uri, ...(where === undefined ? [] : ["--where", where])]);
}

async function content(device: Device, argv: readonly string[]): Promise<void> {
  const { stdout, stderr, exitCode } = await device.shell(["content", ...argv]);
  const said = `${stdout}${stderr}`.trim();
  if (exitCode !== 0 || /^\[ERROR\]|Error while|Exception/m.test(said)) {
    throw infraError("CONTENT_WRITE", `${device.info.serial}: content ${argv.join(" ")}: ${said}`);
  }
}
