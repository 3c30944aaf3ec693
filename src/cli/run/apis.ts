import { fileURLToPath } from "node:url";
import { allowed, type AppApi, loadApis } from "../../api/index.ts";
import type { AgentSpec } from "../../agent/index.ts";

/** The declarations that ship with the program, wherever it is called from. */
const FOLDER = fileURLToPath(new URL("../../../emulators/apis", import.meta.url));

/**
 * The app interfaces that a run's agent may call. Throws `API_PERMISSION_UNKNOWN` (class `config`), which lists what
 * can be permitted, or what is wrong with a declaration.
 */
export async function allowedApis({ apis }: AgentSpec): Promise<AppApi[]> {
  return apis.length === 0 ? [] : allowed(await loadApis(FOLDER), apis);
}
