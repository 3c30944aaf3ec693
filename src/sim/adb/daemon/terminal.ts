import { PassThrough } from "node:stream";
import type { ProcessIo } from "../host.ts";

const ctrlC = 0x03;
const ctrlD = 0x04;
const backspace = 0x08;
const newline = 0x0a;
const carriageReturn = 0x0d;
const del = 0x7f;

/**
 * The little of a terminal's line discipline that `adb shell` at a keyboard needs: echo, erase, end
 * of input by Ctrl-D, carriage return for newline, and one stream for all output.
 *
 * @param onInterrupt called at Ctrl-C, which also drops the line that was begun.
 */
export function attachTerminal(io: ProcessIo, onInterrupt: () => void): ProcessIo {
  const stdin = new PassThrough();
  const print = (chunk: Uint8Array) => io.stdout(toTerminal(chunk));
  edit(io.stdin, stdin, print, onInterrupt).then(
    () => stdin.end(),
    () => stdin.end(),
  );
  return { stdin, stdout: print, stderr: print, signal: io.signal };
}

async function edit(
  typed: AsyncIterable<Uint8Array>,
  lines: PassThrough,
  echo: (chunk: Uint8Array) => void,
  onInterrupt: () => void,
): Promise<void> {
  let line: number[] = [];
  for await (const chunk of typed) {
    for (const byte of chunk) {
      if (byte === newline || byte === carriageReturn) {
        echo(Uint8Array.of(newline));
        lines.write(Uint8Array.from([...line, newline]));
        line = [];
      } else if (byte === backspace || byte === del) {
        if (line.pop() !== undefined) echo(Buffer.from("\b \b"));
      } else if (byte === ctrlC) {
        echo(Buffer.from("^C"));
        // The empty line brings the next prompt.
        lines.write(Uint8Array.of(newline));
        line = [];
        onInterrupt();
      } else if (byte === ctrlD) {
        if (line.length === 0) return;
      } else {
        line.push(byte);
        echo(Uint8Array.of(byte));
      }
    }
  }
}

function toTerminal(chunk: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(chunk).toString("latin1").replaceAll("\n", "\r\n"), "latin1");
}
