import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { infraError } from "../../errors.ts";
import type { TransferOptions } from "../device.ts";
import { type AdbConnection, readResult } from "./server.ts";
import { type RawResult, stdinPackets } from "./shell-protocol.ts";
import { exchange, legacyResult, readAll, readShell } from "./streams.ts";
import { receiveFile, sendFile } from "./sync.ts";

export interface RunOptions {
  timeoutMs: number;
  input?: Buffer;
  /** The command only looks: where its connection broke, it may be run again. */
  repeatable?: boolean;
  /** What it is run for, for the message of a failure; the command itself without it. */
  purpose?: string;
}

export interface ExecOptions {
  timeoutMs: number;
  repeatable?: boolean;
  /** Bytes for the command, which must know by itself how many there are. */
  input?: AsyncIterable<Buffer>;
}

interface FileOptions extends TransferOptions {
  timeoutMs: number;
}

/** The services of one device's adbd. Made over an adb server; tests make small fakes. */
export interface AdbTransport {
  readonly serial: string;
  readonly features: readonly string[];
  /** Runs a command line that is already quoted. */
  run(command: string, options: RunOptions): Promise<RawResult>;
  /** A command without a terminal: its output byte for byte, without exit code. */
  exec(command: string, options: ExecOptions): Promise<Buffer>;
  push(content: Buffer, remotePath: string, mode: number, options: FileOptions): Promise<void>;
  pull(remotePath: string, options: FileOptions): Promise<Buffer>;
  /** Has the adb server do something for the device, such as `forward:…`, and gives what it answers. */
  askServer(command: string, timeoutMs: number): Promise<string>;
  /** The same of the device's adbd, such as `reverse:forward:…`. */
  askDevice(service: string, timeoutMs: number): Promise<string>;
}

/** A conversation with the adb server about one device. */
export interface Conversation {
  /** What is being done, for the message of a failure. */
  what: string;
  timeoutMs: number;
  /** Made twice where the first one broke; otherwise only what cannot have reached the device. */
  repeatable: boolean;
}

/** The way to one device. */
export interface AdbRoute {
  readonly serial: string;
  readonly features: readonly string[];
  /** Opens one service of the device's adbd and gives it to `use`. */
  service<T>(
    name: string,
    conversation: Conversation,
    use: (connection: AdbConnection, socket: Socket) => Promise<T>,
  ): Promise<T>;
  /** Sends the adb server a request about the device, and gives what follows its first OKAY to `use`. */
  host<T>(
    command: string,
    conversation: Conversation,
    use: (connection: AdbConnection) => Promise<T>,
  ): Promise<T>;
}

export function transportOver(route: AdbRoute): AdbTransport {
  const { serial, features } = route;
  const shellV2 = features.includes("shell_v2");
  const what = (action: string): string => `${action} on ${serial}`;

  const run = async (command: string, options: RunOptions): Promise<RawResult> => {
    const { timeoutMs, input, repeatable = false, purpose = `running ${shorten(command)}` } = options;
    const conversation = { what: what(purpose), timeoutMs, repeatable };
    if (shellV2) {
      return route.service(`shell,v2,raw:${command}`, conversation, (_, socket) =>
        readShell(socket, stdinPackets(input)),
      );
    }
    if (input !== undefined) {
      throw infraError(
        "SHELL_INPUT_UNSUPPORTED",
        `${conversation.what}: the device lacks shell_v2, so a command cannot be given input`,
      );
    }
    const mark = `androidgen-${randomBytes(8).toString("hex")}:`;
    // Without an end to its input, a command that reads it would wait for ever.
    const line = `(${command}\n) </dev/null; code=$?; echo; echo ${mark}$code`;
    return route.service(`shell:${line}`, conversation, async (_, socket) =>
      legacyResult(await readAll(socket), mark),
    );
  };

  return {
    serial,
    features,
    run,
    exec(command, { timeoutMs, input, repeatable = false }) {
      const conversation = { what: what(`running ${shorten(command)}`), timeoutMs, repeatable };
      return route.service(`exec:${command}`, conversation, (_, socket) => exchange(socket, input));
    },
    push(content, remotePath, mode, { timeoutMs, ...options }) {
      // A file that is written as a whole may be written twice.
      const conversation = { what: what(`pushing ${remotePath}`), timeoutMs, repeatable: true };
      return route.service("sync:", conversation, (connection) =>
        sendFile(connection, content, remotePath, mode, options),
      );
    },
    pull(remotePath, { timeoutMs, ...options }) {
      const conversation = { what: what(`pulling ${remotePath}`), timeoutMs, repeatable: true };
      return route.service("sync:", conversation, (connection) =>
        receiveFile(connection, remotePath, options),
      );
    },
    askServer(command, timeoutMs) {
      const conversation = { what: what(command), timeoutMs, repeatable: false };
      return route.host(command, conversation, readResult);
    },
    askDevice(service, timeoutMs) {
      const conversation = { what: what(service), timeoutMs, repeatable: false };
      return route.service(service, conversation, readResult);
    },
  };
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 60)}…` : command;
}
