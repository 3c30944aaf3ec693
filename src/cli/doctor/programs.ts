import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { errorMessage } from "../../errors.ts";

const run = promisify(execFile);

/** How long a program may take to say what it is; an emulator looks for graphics cards meanwhile. */
const PROGRAM_TIMEOUT_MS = 10_000;

/** What doctor looks at; a test gives it another machine. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  env: NodeJS.ProcessEnv;
  /** The device file of the Linux kernel's virtualisation. */
  kvm: string;
  /** Folders an SDK is usually in. */
  usualSdks: readonly string[];
  /** The user's home folder. */
  home: string;
}

/**
 * What a program printed on either stream. Throws where it cannot be started, fails or takes too long; the message is
 * then what it printed, or why there is nothing.
 */
export async function ask(
  machine: Machine,
  program: string,
  args: readonly string[],
  timeoutMs = PROGRAM_TIMEOUT_MS,
): Promise<string> {
  try {
    const { stdout, stderr } = await run(program, [...args], {
      env: machine.env,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    return `${stdout}${stderr}`;
  } catch (error) {
    throw new Error(failureOf(error, program, timeoutMs), { cause: error });
  }
}

/** Node's own message begins with "Command failed" and the command, which says nothing new. */
function failureOf(error: unknown, program: string, timeoutMs: number): string {
  const { code, killed, stdout, stderr } = error as {
    code?: number | string;
    killed?: boolean;
    stdout?: string;
    stderr?: string;
  };
  if (killed === true) return `no answer within ${timeoutMs / 1000} s`;
  if (code === "ENOENT") return `${program} is not there`;
  const said = `${stdout ?? ""}${stderr ?? ""}`.trim();
  if (said !== "") return said;
  return typeof code === "number" ? `it ends with exit code ${code}` : errorMessage(error);
}

/** Every program of that name on the path, the first choice first, each once whatever links lead to it. */
export async function onPath({ env }: Machine, name: string): Promise<string[]> {
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return distinct(folders.map((folder) => path.join(folder, name)));
}

/** Those of the files that can be executed, each once. */
export async function distinct(files: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const file of files) {
    if (!(await isExecutable(file))) continue;
    const real = await realpath(file);
    if (!seen.has(real)) found.push(file);
    seen.add(real);
  }
  return found;
}

export function isExecutable(file: string): Promise<boolean> {
  return can(file, constants.X_OK);
}

export async function can(file: string, mode: number = constants.F_OK): Promise<boolean> {
  try {
    await access(file, mode);
    return true;
  } catch {
    return false;
  }
}

/** A path as a word of a command that can be pasted into a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
