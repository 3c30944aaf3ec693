import { AsyncLocalStorage } from "node:async_hooks";
import { Bash, type Command, type CommandName } from "just-bash";
import { errorMessage } from "../../errors.ts";
import type { ProcessIo } from "../adb/host.ts";
import type { Faults } from "../faults.ts";
import type { Latency } from "../latency.ts";
import type { Phone } from "../system/phone.ts";
import { breathe } from "./breathe.ts";
import { bytesToLatin1, collectedToBytes, latin1ToBytes } from "./bytes.ts";
import type { CommandContext, CommandRun, Commands, Output } from "./command.ts";
import { androidCommands } from "./commands.ts";
import { hungUp } from "./exit-codes.ts";
import { createFileSystem, type Sinks } from "./file-system.ts";
import type { DevicePorts } from "../system/ports.ts";
import type { Instrumentation } from "../uia2/instrumentation.ts";
import { readsStdin, stdinLength, unquoted } from "./stdin.ts";

export interface Shell {
  /** Runs a command line as `sh -c` would, and resolves with its exit code. */
  run(command: string, io: ProcessIo): Promise<number>;
}

/** One command line while it runs. */
interface Run {
  signal: AbortSignal;
  /** Writes to the client at once; absent where the script's output goes elsewhere first. */
  live: ((text: string) => void) | undefined;
  /** An Android command has already let the time pass that it takes. */
  charged: boolean;
}

/** What just-bash has that Android's toybox has too; everything else is not found. */
const toybox = (
  "awk base64 basename bash cat chmod clear comm cp cut diff dirname echo egrep env expand expr " +
  "false fgrep file find fold grep gunzip gzip head hostname ln md5sum mkdir mv nl od paste " +
  "printenv printf pwd rev rm rmdir sed seq sh sha1sum sha256sum sleep sort split strings " +
  "tac tail tar tee time timeout tr true uniq wc which xargs zcat"
).split(" ") as CommandName[];

const environment = {
  // just-bash takes its commands for found in /bin only, which is a link to /system/bin here as there.
  PATH: "/bin",
  HOME: "/",
  HOSTNAME: "emu64xa",
  USER: "root",
  LOGNAME: "root",
  SHELL: "/bin/sh",
  ANDROID_ROOT: "/system",
  ANDROID_DATA: "/data",
  ANDROID_STORAGE: "/storage",
  EXTERNAL_STORAGE: "/sdcard",
  TMPDIR: "/data/local/tmp",
};

/** Pipes, substitutions, redirected groups, functions and `eval`. */
const nested =
  /\$\(|`|[<>]\(|(?<!\|)\|(?!\|)|(?:\b(?:done|fi|esac)|[)}])\s*\d*[<>]|\(\)|\b(?:eval|source|function)\b/u;

/** A pipe, a redirection, or a command in the background. */
const redirected = /(?<![|])\|(?!\|)|[<>]|(?<!&)&(?!&)/u;

/** What the shell's commands work with, besides the phone itself. */
export interface ShellHost {
  latency: Latency;
  faults: Faults;
  instrumentation: Instrumentation;
  ports: DevicePorts;
}

export function createShell(phone: Phone, host: ShellHost): Shell {
  const { latency } = host;
  const sinks: Sinks = new Map();
  let runs = 0;
  const current = new AsyncLocalStorage<Run>();
  const bash = new Bash({
    fs: createFileSystem(phone.files, sinks),
    cwd: "/",
    env: environment,
    commands: toybox,
    customCommands: wrapAll(androidCommands, phone, host, current),
    defenseInDepth: false,
    processInfo: { pid: 6000, ppid: 5990, uid: 0, gid: 0 },
    sleep: (ms) => latency.pass(ms, current.getStore()?.signal),
  });
  // Run as they are by their name in /bin, and as a script by their full path.
  for (const name of [...toybox, ...Object.keys(androidCommands)])
    phone.files.write(`/system/bin/${name}`, `#!/bin/sh\n/bin/${name} "$@"\n`, { mode: 0o755 });

  /**
   * The script's output is redirected to a path that streams out of the file system, with its bytes
   * as they are. In just-bash such a redirection also catches what an inner one should get, so the
   * output of scripts with pipes, substitutions or redirected groups is collected instead.
   */
  async function run(command: string, io: ProcessIo): Promise<number> {
    const stdin = await readStdin(command, io);
    const options = {
      rawScript: true,
      stdin: bytesToLatin1(stdin),
      stdinKind: "bytes" as const,
      signal: io.signal,
    };
    const isCollected = nested.test(command) || redirected.test(unquoted(command));
    const state: Run = {
      signal: io.signal,
      live: isCollected ? undefined : (text) => io.stdout(Buffer.from(text)),
      charged: false,
    };
    const sinkOut = `/proc/self/io/${++runs}/1`;
    const sinkErr = `/proc/self/io/${runs}/2`;
    sinks.set(sinkOut, (chunk) => io.stdout(chunk));
    sinks.set(sinkErr, (chunk) => io.stderr(reworded(chunk)));
    try {
      const collect = nested.test(command);
      const script = collect ? command : `exec >${sinkOut} 2>${sinkErr}\n${command}`;
      const result = await current.run(state, () => bash.exec(script, options));
      if (result.stdout !== "") io.stdout(collectedToBytes(result.stdout));
      if (result.stderr !== "") io.stderr(reworded(Buffer.from(result.stderr)));
      if (!state.charged) await latency.spend("shell", io.signal);
      return result.exitCode;
    } catch (error) {
      if (io.signal.aborted) return hungUp;
      throw error;
    } finally {
      sinks.delete(sinkOut);
      sinks.delete(sinkErr);
      phone.tick();
    }
  }
  return { run };
}

function wrapAll(
  commands: Commands,
  phone: Phone,
  host: ShellHost,
  current: AsyncLocalStorage<Run>,
): Command[] {
  return Object.entries(commands).map(([name, command]) => ({
    name,
    async execute(args, { cwd, stdin, exec }) {
      await breathe();
      const run = current.getStore();
      const signal = run?.signal;
      let printed = "";
      const context: CommandContext = {
        phone,
        ...host,
        cwd,
        stdin: latin1ToBytes(stdin as unknown as string),
        signal,
        live: run?.live !== undefined,
        print(text) {
          if (run?.live === undefined) printed += text;
          else run.live(text);
        },
        shell: (line) => subshell(exec, line, cwd),
        async spend(operation) {
          if (run !== undefined) run.charged = true;
          await host.latency.spend(operation, signal);
          // A snapshot may have been loaded meanwhile: the new phone knows nothing of this command.
          signal?.throwIfAborted();
          phone.tick();
          phone.refresh();
        },
      };
      return toResult(printed, await runSafely(name, command, args, context));
    },
  }));
}

async function subshell(exec: CommandContextOf<Command>["exec"], line: string, cwd: string): Promise<Output> {
  if (exec === undefined) throw new Error("just-bash runs no command lines inside commands");
  const { stdout, stderr, exitCode } = await exec(line, { cwd });
  return { out: collectedToBytes(stdout), err: stderr, code: exitCode };
}

type CommandContextOf<C extends Command> = Parameters<C["execute"]>[1];

/** A fault of an app shows as it does on Android: in logcat, and as an exception of the command. */
async function runSafely(
  name: string,
  command: CommandRun,
  args: readonly string[],
  context: CommandContext,
): Promise<Output> {
  try {
    return await command(args, context);
  } catch (error) {
    if (context.signal?.aborted) throw error;
    const stack = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
    context.phone.log.add("E", "AndroidRuntime", `FATAL EXCEPTION: main\n${stack}`);
    return { err: `${name}: exception: ${stack}\n`, code: 255 };
  }
}

function toResult(
  printed: string,
  output: Output,
): { stdout: string; stdoutKind: "bytes"; stderr: string; exitCode: number } {
  const out = output.out ?? "";
  const bytes = typeof out === "string" ? Buffer.from(out) : out;
  return {
    stdout: bytesToLatin1(printed === "" ? bytes : Buffer.concat([Buffer.from(printed), bytes])),
    stdoutKind: "bytes",
    stderr: output.err ?? "",
    exitCode: output.code ?? 0,
  };
}

/** mksh's and toybox's words for the errors of just-bash. */
function reworded(chunk: Uint8Array): Uint8Array {
  const text = Buffer.from(chunk)
    .toString("utf8")
    .replace(/^bash: (.*): command not found$/gmu, "/system/bin/sh: $1: inaccessible or not found")
    .replace(/^bash: /gmu, "/system/bin/sh: ")
    .replace(/^(\w+): cannot [a-z ]+'(.*)': /gmu, "$1: $2: ");
  return Buffer.from(text);
}

/** All of the input, or as much of it as the command says it takes; its client may keep it open. */
async function readStdin(command: string, io: ProcessIo): Promise<Buffer> {
  const length = stdinLength(command);
  if (length !== undefined) return readBytes(io.stdin, length);
  return readsStdin(command) ? readAll(io.stdin) : Buffer.alloc(0);
}

async function readBytes(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (length === 0) return Buffer.alloc(0);
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
