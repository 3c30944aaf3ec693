import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { allowed, type AppApi, loadApis } from "../../api/index.ts";
import { configError } from "../../errors.ts";
import type { AgentOptions } from "./options.ts";

/** The declarations that ship with the program, wherever it is called from. */
const FOLDER = fileURLToPath(new URL("../../../emulators/apis", import.meta.url));

export interface DeclaredApis {
  /** What comes with androidgen, then what the user declared. */
  apis: AppApi[];
  /** SHA-256 of the user's own, where a folder is named: says which they are without a path. */
  own?: string;
}

/**
 * The app interfaces that a run's agent may be allowed to call. Throws `APIS_EMPTY` for a folder that declares none, or
 * what is wrong with a declaration (class `config`).
 */
export async function declaredApis(folder: string | undefined): Promise<DeclaredApis> {
  if (folder === undefined) return { apis: await loadApis(FOLDER) };
  const own = await loadApis(folder);
  if (own.length === 0) {
    throw configError("APIS_EMPTY", `--apis ${folder}: no *.yaml in this folder declares an app interface`);
  }
  return {
    apis: await loadApis(FOLDER, folder),
    own: createHash("sha256").update(JSON.stringify(own)).digest("hex"),
  };
}

/** The options with every permission by its name, so that `all` means the same when the run goes on. */
export function withPermissions<T extends AgentOptions>(options: T, { apis }: DeclaredApis): T {
  if (options.allowApi === undefined) return options;
  return { ...options, allowApi: allowed(apis, options.allowApi).map(({ permission }) => permission) };
}
