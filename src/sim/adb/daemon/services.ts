import type { Duplex } from "node:stream";
import { writeAll } from "../bytes.ts";
import type { AdbHost } from "../host.ts";
import type { AdbStream } from "../protocol/stream.ts";
import { joinStreams } from "../protocol/join.ts";
import type { Reverses } from "./reverse.ts";
import { serveFramebuffer } from "./framebuffer.ts";
import { runCommand, rawProcess } from "./process.ts";
import { serveExec, serveShell } from "./shell.ts";
import { serveSync } from "./sync.ts";

/** What adbd itself remembers and can do, besides the phone. */
export interface DaemonControl {
  root: boolean;
  /** Drops every connection, as adbd does when it starts again. */
  restart(): void;
}

export type Service = (stream: AdbStream) => Promise<void> | void;

/** The service of that name, or undefined where the device has none. */
export function findService(
  name: string,
  host: AdbHost,
  control: DaemonControl,
  reverses: Reverses,
): Service | undefined {
  // `shell` may carry options: `shell,v2,raw:COMMAND`.
  const [, kind = "", argument = ""] = /^([a-z]+)(?:,[^:]*)?:(.*)$/s.exec(name) ?? [];
  switch (kind) {
    case "shell":
      return (stream) => serveShell(name, stream, host);
    case "exec":
      return (stream) => serveExec(argument, stream, host);
    case "sync":
      return ending((stream) => serveSync(stream, host));
    case "framebuffer":
      return ending((stream) => serveFramebuffer(stream, host));
    case "tcp":
      return tcpService(argument, host);
    case "reverse":
      return ending((stream) => writeAll(stream, reverses.handle(argument)));
    case "root":
      return ending((stream) => becomeRoot(stream, control));
    case "unroot":
      return ending((stream) => becomeShellUser(stream, control));
    case "remount":
      return ending((stream) => remount(stream, control));
    case "reboot":
      return (stream) => reboot(argument, stream, host, control);
    default:
      return undefined;
  }
}

/** Closes the stream when the service is done, whatever came of it. */
function ending(serve: (stream: AdbStream) => Promise<void>): Service {
  return async (stream) => {
    try {
      await serve(stream);
    } finally {
      stream.end();
    }
  };
}

function tcpService(argument: string, host: AdbHost): Service | undefined {
  if (!/^\d{1,5}$/.test(argument)) return undefined;
  const target = host.ports.connect(Number(argument));
  if (target === undefined) return undefined;
  return (stream) => joinStreams(stream, target);
}

async function becomeRoot(stream: Duplex, control: DaemonControl): Promise<void> {
  if (control.root) return writeAll(stream, Buffer.from("adbd is already running as root\n"));
  control.root = true;
  await restartAfter(stream, "restarting adbd as root\n", control);
}

async function becomeShellUser(stream: Duplex, control: DaemonControl): Promise<void> {
  if (!control.root) return writeAll(stream, Buffer.from("adbd not running as root\n"));
  control.root = false;
  await restartAfter(stream, "restarting adbd as non root\n", control);
}

/** The client must have the text before the connection goes: it is sent when its OKAY is here. */
async function restartAfter(stream: Duplex, text: string, control: DaemonControl): Promise<void> {
  await new Promise<void>((resolve) => stream.end(text, () => resolve()));
  setImmediate(() => control.restart());
}

async function remount(stream: Duplex, control: DaemonControl): Promise<void> {
  const text = control.root ? "remount succeeded\n" : 'Not running as root. Try "adb root" first.\n';
  await writeAll(stream, Buffer.from(text));
}

async function reboot(
  target: string,
  stream: AdbStream,
  host: AdbHost,
  control: DaemonControl,
): Promise<void> {
  const process = rawProcess(stream);
  process.exit(await runCommand(host, `reboot ${target}`.trim(), process.io));
  setImmediate(() => control.restart());
}
