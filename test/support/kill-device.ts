import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { once } from "node:events";

/** Ends an emulator over its console, as its owner might. `tokenFile` is the console's own. */
export async function killDevice(consolePort: number, tokenFile: string): Promise<void> {
  const token = (await readFile(tokenFile, "utf8")).trim();
  const socket = connect(consolePort, "127.0.0.1");
  const closed = once(socket, "close");
  socket.resume();
  socket.write(`auth ${token}\nkill\n`);
  await closed;
}
