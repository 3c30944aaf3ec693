import { fstat } from "node:fs";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { AskPerson } from "../../agent/index.ts";
import { configError } from "../../errors.ts";
import { printable } from "../printable.ts";

export interface Person {
  ask: AskPerson;
  /** Leaves standard input to others. */
  close(): void;
}

/**
 * The person at the terminal, or whoever pipes lines into standard input. What they are told goes to standard error,
 * so that standard output stays what it is without a person. Throws `NO_TERMINAL` (class `config`) where nobody can
 * type.
 */
export async function openPerson(signal: AbortSignal): Promise<Person> {
  const terminal = process.stdin.isTTY;
  if (!terminal && !(await isPiped())) {
    throw configError(
      "NO_TERMINAL",
      "--agent human asks a person, and standard input is no terminal; run it in one, or pipe lines into it",
    );
  }
  const input = createInterface({ input: process.stdin, output: process.stderr, terminal, prompt: "> " });
  // A terminal that is read line by line gives Ctrl-C to the reader alone.
  input.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const lines = input[Symbol.asyncIterator]();
  const stop = stopped(signal);
  return {
    async ask(text) {
      process.stderr.write(`${printable(text)}\n`);
      input.prompt();
      const { done, value } = await Promise.race([lines.next(), stop]);
      if (done !== true) return value;
      process.stderr.write("\n");
      throw configError(
        "HUMAN_INPUT_ENDED",
        "standard input ended before the tasks did; the episode under way is left as interrupted",
      );
    },
    close: () => input.close(),
  };
}

async function isPiped(): Promise<boolean> {
  const stats = await promisify(fstat)(process.stdin.fd);
  return stats.isFIFO() || stats.isFile() || stats.isSocket();
}

/** Never resolves; rejects as soon as the run is stopped, since a person may not type for hours. */
function stopped(signal: AbortSignal): Promise<never> {
  const end = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new DOMException("the run was stopped", "AbortError"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  // Nobody may be asked when it comes.
  end.catch(() => {});
  return end;
}
