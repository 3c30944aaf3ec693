import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { configError, errorMessage } from "../../../errors.ts";
import { errorCode } from "../error-code.ts";

/**
 * The token that a client of the console must give, or "" where the file is empty and none is asked
 * for. A missing file is made with a random token that only its owner can read, as the emulator does.
 */
export async function consoleToken(tokenFile: string): Promise<string> {
  try {
    return await readOrCreate(tokenFile);
  } catch (error) {
    throw configError(
      "CONSOLE_TOKEN",
      `cannot read or make the console token file ${tokenFile}: ${errorMessage(error)}; make its folder writable`,
      error,
    );
  }
}

async function readOrCreate(tokenFile: string): Promise<string> {
  try {
    return (await readFile(tokenFile, "utf8")).trim();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const token = randomBytes(12).toString("base64");
  try {
    await writeFile(tokenFile, token, { mode: 0o600, flag: "wx" });
    return token;
  } catch (error) {
    // Another emulator made it in between: its token counts.
    if (errorCode(error) !== "EEXIST") throw error;
    return (await readFile(tokenFile, "utf8")).trim();
  }
}
