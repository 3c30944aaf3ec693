import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface Ended {
  /** What it printed, up to its last instant. */
  lines: string[];
  complaints: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Runs a program until `due` says yes to what it has printed so far (it is asked first before anything was) and
 * then for some milliseconds more; kills it with -9, unless it has ended by then.
 */
export async function runAndKill(
  args: readonly string[],
  due: (lines: readonly string[]) => boolean,
  afterMs: number,
): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const exited = once(child, "exit");
  const lines: string[] = [];
  let killing: Promise<void> | undefined;
  const look = () => {
    if (due(lines)) killing ??= sleep(afterMs).then(() => void child.kill("SIGKILL"));
  };
  look();
  // Lines printed while it is being killed are read as well: what was reported must be there.
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    look();
  }
  await killing;
  const [code, signal] = (await exited) as [number | null, NodeJS.Signals | null];
  return { lines, complaints, code, signal };
}
