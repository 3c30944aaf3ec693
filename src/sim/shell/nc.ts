import { once } from "node:events";
import type { Duplex } from "node:stream";
import { fail, type CommandContext, type Commands, type Output } from "./command.ts";
import { hungUp } from "./exit-codes.ts";

export const networkCommands: Commands = { nc, netcat: nc };

/**
 * `nc HOST PORT`: writes its standard input to a port of the phone's own loopback, and prints what comes back
 * until the other side closes. It does not close its half first, as adb's streams cannot: that would end a
 * reverse forward before the answer.
 */
async function nc(args: readonly string[], context: CommandContext): Promise<Output> {
  const [host = "", port = ""] = args.filter(
    (word, at) => !word.startsWith("-") && !/^-[wq]$/u.test(args[at - 1] ?? ""),
  );
  if (host === "" || !/^\d+$/u.test(port)) return fail("nc: Need IPADDR and PORT");
  if (!["127.0.0.1", "localhost", "::1"].includes(host))
    return fail(`nc: connect: Network is unreachable: the simulated device has its own loopback only`);
  const connection = context.ports.connect(Number(port));
  if (connection === undefined) return fail("nc: connect: Connection refused");
  return talk(connection, context);
}

async function talk(connection: Duplex, { stdin, signal }: CommandContext): Promise<Output> {
  const abort = (): void => void connection.destroy();
  signal?.addEventListener("abort", abort, { once: true });
  const parts: Buffer[] = [];
  connection.on("data", (part: Buffer) => parts.push(part));
  connection.once("end", () => connection.destroy());
  try {
    if (stdin.length > 0) connection.write(stdin);
    if (!connection.destroyed) await once(connection, "close");
    return { out: Buffer.concat(parts), code: signal?.aborted ? hungUp : 0 };
  } finally {
    signal?.removeEventListener("abort", abort);
    connection.destroy();
  }
}
