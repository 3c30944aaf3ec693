import type { Decision, Refusal } from "../agent/index.ts";
import { type AppApi, performApi } from "../api/index.ts";
import type { Device } from "../device/index.ts";
import type { Screen } from "../screen/index.ts";

/** What came of a decision: both are absent where an action was simply carried out. */
export interface Carried {
  refusal?: Refusal;
  /** What an app interface gave. */
  output?: string;
}

/** Carries out what was decided: calls of app interfaces by those that are allowed, everything else by the device. */
export async function carryOut(
  device: Device,
  apis: readonly AppApi[],
  decision: Decision,
  screen: Screen,
): Promise<Carried> {
  const { action, refusal } = decision;
  if (refusal !== undefined) return { refusal };
  if (action === undefined) return { refusal: { rule: "no-action", reason: "The reply holds no action." } };
  if (action.type === "callApi") {
    const called = await performApi(device, apis, action);
    if (!called.ok) return { refusal: { rule: "api", reason: called.reason } };
    return called.output === undefined ? {} : { output: called.output };
  }
  const result = await device.perform(action, screen);
  return result.ok ? {} : { refusal: { rule: "device", reason: result.reason } };
}
