import { errorMessage } from "../../errors.ts";
import { type AdbAddress, query, readResult, request, withConnection } from "../adb/server.ts";

/** Where the UiAutomator2 server listens on the device. */
const devicePort = "tcp:6790";

/**
 * Removes the forwards to the UiAutomator2 server that sessions of this device left behind: a session that was cut off
 * leaves its own, and Appium refuses a port that is taken.
 */
export async function removeStaleForwards(
  address: AdbAddress,
  serial: string,
  timeoutMs: number,
): Promise<void> {
  const bounded = { address, timeoutMs, what: `removing old forwards of ${serial}` };
  const list = await query(bounded, "host:list-forward");
  for (const row of list.split("\n")) {
    // `SERIAL FROM TO`, and a serial may hold blanks, as that of a wireless device that was renamed: `… (2)`.
    const [, owner, local, remote] = /^(.+) (\S+) (\S+)$/u.exec(row) ?? [];
    if (owner !== serial || remote !== devicePort) continue;
    await removed(
      withConnection(bounded, async (connection) => {
        await request(connection, `host-serial:${serial}:killforward:${local}`);
        await readResult(connection);
      }),
    );
  }
}

/** Appium may have removed it itself since it was listed. */
async function removed(removing: Promise<void>): Promise<void> {
  try {
    await removing;
  } catch (error) {
    if (!/listener .* not found/u.test(errorMessage(error))) throw error;
  }
}
