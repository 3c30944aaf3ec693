import type { AdbHost, ProcessIo } from "../host.ts";
import type { AdbStream } from "../protocol/stream.ts";
import { runInteractive } from "./interactive.ts";
import { framedProcess, rawProcess, runCommand } from "./process.ts";
import { attachTerminal } from "./terminal.ts";

/**
 * `shell[,v2][,pty|raw][,TERM=…]:[command]`, as AOSP packages/modules/adb, daemon/services.cpp reads
 * it: without a command it is an interactive shell, which has a terminal unless it asks for none.
 */
export async function serveShell(service: string, stream: AdbStream, host: AdbHost): Promise<void> {
  const colon = service.indexOf(":");
  const [, ...options] = service.slice(0, colon).split(",");
  const command = service.slice(colon + 1);
  const hasTerminal = options.includes("pty") || (command === "" && !options.includes("raw"));

  const process = options.includes("v2") ? framedProcess(stream) : rawProcess(stream);
  let interrupt = new AbortController();
  const onInterrupt = () => {
    interrupt.abort();
    interrupt = new AbortController();
  };
  const io = hasTerminal ? attachTerminal(process.io, onInterrupt) : process.io;
  // Ctrl-C ends the command that runs, not the shell.
  const run = (line: string, commandIo: ProcessIo) => {
    const signal = AbortSignal.any([commandIo.signal, interrupt.signal]);
    return runCommand(host, line, { ...commandIo, signal });
  };
  const name = host.product.device;
  const code =
    command === "" ? await runInteractive(run, io, hasTerminal ? name : undefined) : await run(command, io);
  process.exit(code);
}

/** `exec:command`: no terminal, nothing framed. */
export async function serveExec(command: string, stream: AdbStream, host: AdbHost): Promise<void> {
  const process = rawProcess(stream);
  process.exit(await runCommand(host, command, process.io));
}
