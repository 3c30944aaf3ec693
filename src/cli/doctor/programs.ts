import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

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
}

/** What a program printed on either stream. Throws where it cannot be started, fails or takes too long. */
export async function ask(machine: Machine, program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(program, [...args], {
    env: machine.env,
    timeout: PROGRAM_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  return `${stdout}${stderr}`;
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
