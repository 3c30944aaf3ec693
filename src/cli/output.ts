import Table from "cli-table3";
import { printable } from "./printable.ts";

/** Prints rows as a plain table: no colours, no box lines, so that it reads well in a log too. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
  });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell))));
  print(
    table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n"),
  );
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line of JSON: the last one a command prints with `--json` is its result. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}
