import { AndroidGenError, infraError } from "../../errors.ts";
import type { ActionResult } from "../device.ts";

/** `ACTION_UNSURE` (`infra`): nobody knows whether the device has done it. */
export function actionUnsure(cause: AndroidGenError): AndroidGenError {
  return infraError("ACTION_UNSURE", `whether it was done cannot be told: ${cause.message}`, cause);
}

/**
 * An action of which nobody knows whether it was carried out is told to the agent, who sees on the next screen what
 * became of it: carrying it out again might do it twice, and giving up the episode would lose what was done.
 */
export async function tellUnsure(performing: Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await performing;
  } catch (error) {
    if (!AndroidGenError.isInstance(error) || error.code !== "ACTION_UNSURE") throw error;
    const reason = "the device did not confirm this action, which may or may not have been done";
    return { ok: false, reason: `${reason}; see what the screen shows now` };
  }
}
