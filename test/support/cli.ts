import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";

/** The built program: `npm test` builds it first. */
export const MAIN = "dist/cli/main.js";

export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  env?: Record<string, string>;
  /** Called with each line of standard output as it comes. */
  onLine?: (line: string, child: ChildProcess) => void;
  /** Piped into standard input, which is empty and no pipe without it. */
  input?: string;
}

/** Runs androidgen as a user does, to its end. */
export async function androidgen(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  await access(MAIN);
  const stdio: StdioOptions = [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"];
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio,
    env: cleanEnv(options.env),
  });
  child.stdin?.end(options.input);
  let stdout = "";
  let stderr = "";
  createInterface({ input: child.stdout! }).on("line", (line) => {
    stdout += `${line}\n`;
    options.onLine?.(line, child);
  });
  child.stderr!.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}

export interface RunningSim {
  adb: { host: string; port: number };
  devices: { serial: string; consolePort: number; adbPort: number }[];
  model: { baseUrl: string; model: string };
  /** The process of the phones, of their adb server and of the model. */
  pid: number;
  close(): Promise<void>;
}

/** Starts `androidgen sim` and waits until it says that it is ready. */
export async function startSim(args: readonly string[], env?: Record<string, string>): Promise<RunningSim> {
  const child = spawn(process.execPath, [MAIN, "sim", "--json", "--clock", "stepped", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: cleanEnv(env),
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(() => {
      throw new Error("androidgen sim ended before it was ready");
    }),
  ])) as [string];
  return {
    ...(JSON.parse(line) as Omit<RunningSim, "pid" | "close">),
    pid: child.pid!,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGINT");
      await exited;
    },
  };
}

/** The environment without what would choose devices or models for the tests. */
export function cleanEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { OPENAI_BASE_URL: _url, OPENAI_API_KEY: _key, ANDROIDGEN_MODEL: _model, ...env } = process.env;
  delete env["ANDROID_ADB_SERVER_PORT"];
  delete env["NODE_OPTIONS"];
  return { ...env, ...more };
}

/** The last line of standard output, as JSON. */
export function lastJson(result: CliResult): Record<string, unknown> {
  return JSON.parse(result.stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;
}
