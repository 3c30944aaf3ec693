import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ProcessIo } from "../host.ts";

export type Run = (command: string, io: ProcessIo) => Promise<number>;

/**
 * Lines that change nothing but the shell itself, and so may be run again before each later line,
 * which must still see what they did.
 */
const changesShell = /^\s*(?:(?:cd|export|unset)\b[^;&|<>()`]*|[A-Za-z_]\w*=[^\s;&|<>()`]*)$/;

/**
 * A shell that reads commands line by line. Each line is one run of the device's shell, after the
 * earlier lines that moved its folder or set its variables.
 *
 * @param deviceName begins the prompt; there is none without it.
 * @returns the exit code of the last command, or what `exit` was given.
 */
export async function runInteractive(run: Run, io: ProcessIo, deviceName?: string): Promise<number> {
  let preamble = "";
  let exitCode = 0;
  const prompt = async () => {
    if (deviceName !== undefined) {
      io.stdout(Buffer.from(`${deviceName}:${await folder(run, io, preamble)} # `));
    }
  };

  await prompt();
  const input = Readable.from(io.stdin, { objectMode: false });
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (io.signal.aborted) break;
    const exit = /^\s*exit(?:\s+(\d+))?\s*$/.exec(line);
    if (exit !== null) return exit[1] === undefined ? exitCode : Number(exit[1]);
    if (line.trim() !== "") {
      // The lines that follow belong to the shell, not to the command.
      exitCode = await run(preamble + line, { ...io, stdin: nothing() });
      if (exitCode === 0 && changesShell.test(line)) preamble += `${line}\n`;
    }
    await prompt();
  }
  return exitCode;
}

async function folder(run: Run, io: ProcessIo, preamble: string): Promise<string> {
  if (preamble === "") return "/";
  const chunks: Uint8Array[] = [];
  await run(`${preamble}pwd`, {
    stdin: nothing(),
    stdout: (chunk) => chunks.push(chunk),
    stderr: () => undefined,
    signal: io.signal,
  });
  return Buffer.concat(chunks).toString().trim();
}

function nothing(): AsyncIterable<Uint8Array> {
  return Readable.from([]);
}
