import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { repeat, round, type Figure } from "./figure.ts";

const run = promisify(execFile);

/** `androidgen --help`, beside a Node that does nothing. */
export async function cliStart(): Promise<Figure[]> {
  const empty = await repeat(10, () => run(process.execPath, ["-e", "0"]));
  const help = await repeat(10, () => run(process.execPath, ["dist/cli/main.js", "--help"]));
  return [
    {
      name: "cli-start",
      value: round(help.median, 1),
      unit: "ms",
      spread: round(help.spread),
      baseline: {
        name: "node -e 0",
        value: round(empty.median, 1),
        ratio: round(help.median / empty.median),
      },
    },
  ];
}
