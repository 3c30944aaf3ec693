import { once } from "node:events";
import type { Socket } from "node:net";
import { type RawResult, ShellOutput } from "./shell-protocol.ts";

/** Reads until the exit code has come; a stream that ends without one has lost its device. */
export function readShell(socket: Socket, input: Buffer): Promise<RawResult> {
  const output = new ShellOutput();
  return new Promise((resolve, reject) => {
    if (isOver(socket)) return reject(closedEarly());
    socket.on("data", (chunk: Buffer) => {
      output.add(chunk);
      if (output.exitCode !== undefined) {
        resolve({ stdout: output.stdout, stderr: output.stderr, exitCode: output.exitCode });
      }
    });
    socket.once("error", reject);
    socket.once("close", () => reject(closedEarly()));
    socket.write(input);
  });
}

/** All that comes until the stream ends. */
export function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    // A stream with nothing to say may have ended before anybody asked.
    if (socket.readableEnded) return resolve(Buffer.alloc(0));
    if (isOver(socket)) return reject(socket.errored ?? closedEarly());
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("error", reject);
    socket.once("end", () => resolve(Buffer.concat(chunks)));
    socket.once("close", () => reject(closedEarly()));
  });
}

/** Its events have been, and whoever waits for one of them waits for ever. */
function isOver(socket: Socket): boolean {
  return socket.readableEnded || socket.destroyed;
}

function closedEarly(): Error {
  return new Error("the stream closed early");
}

/** Gives a command its input, as fast as it takes it, and reads all that it says until it ends. */
export async function exchange(socket: Socket, input?: AsyncIterable<Buffer>): Promise<Buffer> {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  const said = readAll(socket);
  // A command may say what is wrong and end before it has read everything.
  const over = said.then(end, end);
  for await (const block of input ?? []) {
    if (ended) break;
    if (!socket.write(block)) await Promise.race([once(socket, "drain"), over]);
  }
  return said;
}

/**
 * The legacy shell has neither an exit code nor a standard error of its own: an echo tells the code. Before
 * Android 7 it writes to a terminal, which makes \r\n of every \n.
 */
export function legacyResult(output: Buffer, mark: string): RawResult {
  const at = output.lastIndexOf(`\n${mark}`);
  const code = /^\d+/u.exec(output.toString("latin1", at + 1 + mark.length))?.[0];
  if (at < 0 || code === undefined) throw new Error("the stream closed before the command's exit code");
  const terminal = output[at - 1] === 0x0d;
  const stdout = terminal ? withoutReturns(output.subarray(0, at - 1)) : output.subarray(0, at);
  return { stdout, stderr: Buffer.alloc(0), exitCode: Number(code) };
}

function withoutReturns(output: Buffer): Buffer {
  return Buffer.from(output.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
