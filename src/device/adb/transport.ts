import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { infraError } from "../../errors.ts";
import { type AdbAddress, type AdbConnection, query, request, withConnection } from "./server.ts";
import { ShellOutput, stdinPackets } from "./shell-protocol.ts";
import { receiveFile, sendFile } from "./sync.ts";

/** What a command left behind, byte for byte. */
export interface RawResult {
  stdout: Buffer;
  stderr: Buffer;
  exitCode: number;
}

export interface RunOptions {
  timeoutMs: number;
  input?: Buffer;
}

/** The services of one device's adbd. Made over an adb server; tests make small fakes. */
export interface AdbTransport {
  readonly serial: string;
  readonly features: readonly string[];
  /** Runs a command line that is already quoted. */
  run(command: string, options: RunOptions): Promise<RawResult>;
  /** A command's output without end-of-line conversion, on devices that lack `shell_v2`. */
  execOut(command: string, options: RunOptions): Promise<Buffer>;
  push(content: Buffer, remotePath: string, mode: number, timeoutMs: number): Promise<void>;
  pull(remotePath: string, timeoutMs: number): Promise<Buffer>;
}

/** Asks for the device's features; throws as `withConnection` does. */
export async function connectTransport(
  address: AdbAddress,
  serial: string,
  timeoutMs: number,
): Promise<AdbTransport> {
  const what = (action: string): string => `${action} on ${serial}`;
  const features = await query(
    { address, timeoutMs, what: what("reading the features") },
    `host-serial:${serial}:features`,
  );

  /** Opens one adbd service and gives it to `use`. */
  const withService = <T>(
    service: string,
    action: string,
    timeoutMs: number,
    use: (connection: AdbConnection, socket: Socket) => Promise<T>,
  ): Promise<T> =>
    withConnection({ address, timeoutMs, what: what(action) }, async (connection, socket) => {
      await request(connection, `host:transport:${serial}`);
      await request(connection, service);
      return use(connection, socket);
    });

  const list = features.split(",").filter((feature) => feature !== "");
  const shellV2 = list.includes("shell_v2");
  return {
    serial,
    features: list,
    async run(command, { timeoutMs, input }) {
      const action = `running ${shorten(command)}`;
      if (shellV2) {
        return withService(`shell,v2,raw:${command}`, action, timeoutMs, (_, socket) =>
          readShell(socket, stdinPackets(input)),
        );
      }
      if (input !== undefined) {
        throw infraError(
          "SHELL_INPUT_UNSUPPORTED",
          `${what(action)}: the device lacks shell_v2, so a command cannot be given input`,
        );
      }
      const mark = `androidgen-${randomBytes(8).toString("hex")}:`;
      return withService(`shell:(${command}\n); echo; echo ${mark}$?`, action, timeoutMs, async (_, socket) =>
        legacyResult(await readAll(socket), mark),
      );
    },
    execOut(command, { timeoutMs }) {
      return withService(`exec:${command}`, `running ${shorten(command)}`, timeoutMs, (_, socket) =>
        readAll(socket),
      );
    },
    push(content, remotePath, mode, timeoutMs) {
      return withService("sync:", `pushing ${remotePath}`, timeoutMs, (connection) =>
        sendFile(connection, content, remotePath, mode),
      );
    },
    pull(remotePath, timeoutMs) {
      return withService("sync:", `pulling ${remotePath}`, timeoutMs, (connection) =>
        receiveFile(connection, remotePath),
      );
    },
  };
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 60)}…` : command;
}

/** Reads until the exit code has come; a stream that ends without one has lost its device. */
function readShell(socket: Socket, input: Buffer): Promise<RawResult> {
  const output = new ShellOutput();
  return new Promise((resolve, reject) => {
    socket.on("data", (chunk: Buffer) => {
      output.add(chunk);
      if (output.exitCode !== undefined) {
        resolve({ stdout: output.stdout, stderr: output.stderr, exitCode: output.exitCode });
      }
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("the stream closed before the command's exit code")));
    socket.write(input);
  });
}

function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("error", reject);
    socket.once("end", () => resolve(Buffer.concat(chunks)));
    socket.once("close", () => reject(new Error("the stream closed early")));
  });
}

/** The legacy shell has neither an exit code nor a standard error of its own: an echo tells the code. */
function legacyResult(output: Buffer, mark: string): RawResult {
  const at = output.lastIndexOf(`\n${mark}`);
  const code = /^\d+/u.exec(output.toString("latin1", at + 1 + mark.length))?.[0];
  if (at < 0 || code === undefined) throw new Error("the stream closed before the command's exit code");
  return { stdout: output.subarray(0, at), stderr: Buffer.alloc(0), exitCode: Number(code) };
}
