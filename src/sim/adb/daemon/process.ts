/** The three streams of a shell command, in the two forms that adb has for them. */
import { PassThrough, type Readable } from "node:stream";
import { errorMessage } from "../../../errors.ts";
import { writeAll } from "../bytes.ts";
import type { AdbHost, ProcessIo } from "../host.ts";
import type { AdbStream } from "../protocol/stream.ts";
import { encodeFrame, encodeOutput, FrameId, readFrame } from "./shell-frames.ts";

/** A command's output waits in memory while the client does not read; beyond this it is ended. */
const maxBacklog = 64 * 1024 * 1024;

export interface AdbProcess {
  io: ProcessIo;
  /** Tells the client the exit code, where its protocol can, and closes the stream. */
  exit(code: number): void;
}

/** `exec:` and legacy `shell:`: bytes as they are, stderr among stdout, no exit code. */
export function rawProcess(stream: AdbStream): AdbProcess {
  const send = boundedWrite(stream);
  return {
    // Apart from the stream, which must live on when a command stops reading in the middle.
    io: { stdin: stream.pipe(new PassThrough()), stdout: send, stderr: send, signal: stream.signal },
    exit: () => stream.end(),
  };
}

/** `shell,v2`: every stream in frames of its own, and the exit code. */
export function framedProcess(stream: AdbStream): AdbProcess {
  const send = boundedWrite(stream);
  return {
    io: {
      stdin: unframe(stream),
      stdout: (chunk) => send(encodeOutput(FrameId.stdout, chunk)),
      stderr: (chunk) => send(encodeOutput(FrameId.stderr, chunk)),
      signal: stream.signal,
    },
    exit: (code) => {
      if (stream.writable) stream.end(encodeFrame(FrameId.exit, Uint8Array.of(code & 0xff)));
    },
  };
}

/** Runs a command and resolves with its exit code. A failure of the device itself is told on stderr. */
export async function runCommand(host: AdbHost, command: string, io: ProcessIo): Promise<number> {
  try {
    return await host.run(command, io);
  } catch (error) {
    if (!io.signal.aborted) io.stderr(Buffer.from(`simulated device: ${errorMessage(error)}\n`));
    return 255;
  }
}

/** What the client types, out of its frames. Window sizes mean nothing here. */
function unframe(stream: AdbStream): Readable {
  const stdin = new PassThrough();
  const forward = async () => {
    for (;;) {
      const frame = await readFrame(stream);
      if (frame === undefined || frame.id === FrameId.closeStdin) break;
      if (frame.id === FrameId.stdin) await writeAll(stdin, frame.data);
    }
  };
  // A stream that breaks off within a frame has ended for the command, too.
  forward().then(
    () => stdin.end(),
    () => stdin.end(),
  );
  return stdin;
}

function boundedWrite(stream: AdbStream): (chunk: Uint8Array) => void {
  return (chunk) => {
    if (!stream.writable) return;
    stream.write(chunk);
    if (stream.writableLength > maxBacklog) stream.destroy();
  };
}
