import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { AndroidGenError, configError, errorMessage, infraError } from "../errors.ts";
import type { DeviceSnapshots } from "./device.ts";

export interface ConsoleOptions {
  /** Console port of `emulator-PORT`. The console listens on loopback only. */
  port: number;
  /** Bound of one whole conversation, in milliseconds. */
  timeoutMs: number;
}

/** Bound of what reads or writes the whole device's memory. */
const snapshotMs = 180_000;
/** Bound of a question the console answers at once. */
const questionMs = 3000;

/**
 * Runs one command on an emulator's console and returns the lines it answered, without the last `OK`.
 *
 * The console is a line protocol on loopback: a greeting, `auth TOKEN` where it asks for it (the
 * greeting names the token's file), then one command per line, each answered by lines that end with
 * `OK` or `KO: reason`. Throws `CONSOLE_UNREACHABLE`, `CONSOLE_REFUSED` or `DEVICE_TIMEOUT` (`infra`).
 */
export async function consoleCommand(
  command: string,
  { port, timeoutMs }: ConsoleOptions,
): Promise<string[]> {
  if (/[\r\n\0]/u.test(command)) {
    throw configError("CONSOLE_COMMAND", `a console command is one line, not ${JSON.stringify(command)}`);
  }
  const what = `console command ${command.split(" ").slice(0, 3).join(" ")} on emulator-${port}`;
  const socket = connect({ host: "127.0.0.1", port });
  const timer = setTimeout(() => {
    const message = `${what}: no answer within ${timeoutMs} ms`;
    socket.destroy(infraError("DEVICE_TIMEOUT", message));
  }, timeoutMs);
  try {
    const answers = answersOf(socket, what);
    const greeting = await answers.next();
    if (greeting.some((line) => line.includes("Authentication required"))) {
      socket.write(`auth ${await readToken(greeting, what)}\n`);
      await answers.next();
    }
    socket.write(`${command}\n`);
    return await answers.next();
  } catch (error) {
    if (AndroidGenError.isInstance(error)) throw error;
    throw infraError("CONSOLE_UNREACHABLE", `${what}: ${errorMessage(error)}`, error);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

interface Answers {
  /** The lines up to the next `OK`; throws `CONSOLE_REFUSED` for `KO`. */
  next(): Promise<string[]>;
}

function answersOf(socket: Socket, what: string): Answers {
  const chunks = socket[Symbol.asyncIterator]();
  let text = "";
  return {
    async next() {
      for (;;) {
        // Nothing may follow but a colon: an emulator may have a name such as `OK-1`.
        const end = /^(?:OK|KO)(?::.*)?\r?\n/mu.exec(text);
        if (end !== null) {
          const lines = text.slice(0, end.index).split(/\r?\n/u).slice(0, -1);
          text = text.slice(end.index + end[0].length);
          const last = end[0].trim();
          if (last.startsWith("KO")) {
            const reason = last.replace(/^KO:?\s*/u, "");
            throw infraError("CONSOLE_REFUSED", `${what}: ${reason || "refused"}`);
          }
          return lines;
        }
        const chunk = await chunks.next();
        if (chunk.done === true) throw new Error("the console closed the connection");
        text += String(chunk.value);
      }
    },
  };
}

/** The greeting gives the file's path in single quotes; `auth` reads it anew on every connection. */
async function readToken(greeting: readonly string[], what: string): Promise<string> {
  const path = /'([^']*\.emulator_console_auth_token)'/u.exec(greeting.join("\n"))?.[1];
  if (path === undefined) {
    throw infraError("CONSOLE_REFUSED", `${what}: the console wants a token but names no file for it`);
  }
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw infraError(
      "CONSOLE_REFUSED",
      `${what}: its token file cannot be read (${errorMessage(error)})`,
      error,
    );
  }
}

export interface EmulatorSnapshotsOptions {
  /** Of the console. */
  port: number;
  /** The virtual device that must answer there; whichever does where this is empty. */
  avdName: string;
  /** Waits until the device answers again after a snapshot was loaded. */
  settled: () => Promise<void>;
}

/**
 * Snapshots of the emulator behind a console port; undefined where no console answers there, or that of another
 * emulator: an adb server that is reached through a tunnel has its emulators on another machine, and this one may have
 * one of its own at that port. Both sides tell `hw.avd_name` (AOSP external/qemu, `do_avd_name` and
 * userspace-boot-properties.cpp).
 */
export async function emulatorSnapshots({
  port,
  avdName,
  settled,
}: EmulatorSnapshotsOptions): Promise<DeviceSnapshots | undefined> {
  try {
    const [name = ""] = await consoleCommand("avd name", { port, timeoutMs: questionMs });
    if (avdName !== "" && name.trim() !== avdName) return undefined;
  } catch (error) {
    if (AndroidGenError.isInstance(error)) return undefined;
    throw error;
  }
  const snapshot = (verb: string, name: string): Promise<string[]> =>
    consoleCommand(`avd snapshot ${verb} ${checkedName(name)}`, { port, timeoutMs: snapshotMs });
  return {
    list: async () =>
      snapshotNames(await consoleCommand("avd snapshot list", { port, timeoutMs: questionMs })),
    save: async (name) => void (await snapshot("save", name)),
    load: async (name) => {
      await snapshot("load", name);
      await settled();
    },
    delete: async (name) => void (await snapshot("delete", name)),
  };
}

/** Console port of a serial such as `emulator-5554`. */
export function consolePortOf(serial: string): number | undefined {
  const port = /^emulator-(\d{4,5})$/u.exec(serial)?.[1];
  return port === undefined ? undefined : Number(port);
}

function checkedName(name: string): string {
  if (/^\w[\w.-]*$/u.test(name)) return name;
  throw configError(
    "SNAPSHOT_NAME",
    `a snapshot's name is letters, digits, dots, hyphens and underscores, not ${JSON.stringify(name)}`,
  );
}

/**
 * Rows below the heading `ID TAG VM SIZE DATE VM CLOCK`; the tag is the name. Those that some disk of the emulator has
 * not come below a heading of their own, and cannot be loaded (AOSP external/qemu, savevm.c).
 */
function snapshotNames(lines: readonly string[]): string[] {
  const heading = lines.findIndex((line) => /^\s*ID\s+TAG\b/u.test(line));
  const partial = lines.findIndex((line) => line.startsWith("List of partial"));
  if (heading < 0 || (partial >= 0 && partial < heading)) return [];
  const rows = lines.slice(heading + 1, partial < 0 ? undefined : partial);
  return rows.flatMap((line) => /^\s*\S+\s+(\S+)/u.exec(line)?.[1] ?? []);
}
