import Table from "cli-table3";

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

/** Text of a screen or a model without what would move the cursor or colour the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}

/** The text on one line, cut to a length. */
export function oneLine(text: string, length: number): string {
  const line = printable(text.replaceAll(/\s+/g, " ").trim());
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
