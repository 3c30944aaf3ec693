import { infraError } from "../../errors.ts";
import { type AdbAddress, defaultAdbAddress, query } from "./server.ts";

/**
 * The version of an adb server's protocol: 41 is that of adb 1.0.41. No server is started for the answer.
 * Throws `ADB_UNREACHABLE`, `DEVICE_TIMEOUT` or `ADB_FAILED` (`infra`).
 */
export async function readAdbServerVersion(
  address: AdbAddress = defaultAdbAddress,
  timeoutMs = 5000,
): Promise<number> {
  const answer = await query(
    { address, timeoutMs, what: "asking for the adb server's version" },
    "host:version",
  );
  const version = Number.parseInt(answer, 16);
  if (Number.isNaN(version)) {
    throw infraError(
      "ADB_FAILED",
      `the adb server ${address.host}:${address.port} gives its version as ${answer}`,
    );
  }
  return version;
}
