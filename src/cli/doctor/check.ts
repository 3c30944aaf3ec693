import { errorMessage } from "../../errors.ts";

/** `hint`: good to have, but a run works without it. */
export type CheckStatus = "ok" | "hint" | "missing";

export interface DoctorCheck {
  name: string;
  status: CheckStatus;
  found: string;
  /** The command or step that mends it. */
  mend?: string;
}

/** Longer than any program may take that a check asks, so that only what hangs for ever is cut off here. */
const CHECK_TIMEOUT_MS = 30_000;

/** The result of some checks; where they fail or hang, such as on a dead network folder, one that says so. */
export async function bounded(
  name: string,
  checks: Promise<DoctorCheck | DoctorCheck[]>,
  timeoutMs = CHECK_TIMEOUT_MS,
): Promise<DoctorCheck[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    return [await Promise.race([checks, late])].flat();
  } catch (error) {
    return [{ name, status: "missing", found: `it could not be checked (${errorMessage(error)})` }];
  } finally {
    clearTimeout(timer);
  }
}

export function firstLine(text: string): string {
  return text.trim().split("\n")[0]!.trim();
}
