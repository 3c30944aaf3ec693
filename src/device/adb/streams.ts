import { once } from "node:events";
import type { Socket } from "node:net";
import { ShellOutput } from "./shell-protocol.ts";
import type { RawResult } from "./transport.ts";

/** Reads until the exit code has come; a stream that ends without one has lost its device. */
export function readShell(socket: Socket, input: Buffer): Promise<RawResult> {
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

export function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("error", reject);
    socket.once("end", () => resolve(Buffer.concat(chunks)));
    socket.once("close", () => reject(new Error("the stream closed early")));
  });
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

/** The legacy shell has neither an exit code nor a standard error of its own: an echo tells the code. */
export function legacyResult(output: Buffer, mark: string): RawResult {
  const at = output.lastIndexOf(`\n${mark}`);
  const code = /^\d+/u.exec(output.toString("latin1", at + 1 + mark.length))?.[0];
  if (at < 0 || code === undefined) throw new Error("the stream closed before the command's exit code");
  return { stdout: output.subarray(0, at), stderr: Buffer.alloc(0), exitCode: Number(code) };
}
