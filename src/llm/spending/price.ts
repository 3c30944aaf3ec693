import type { Price } from "../config/config.ts";
import type { BilledUsage } from "../endpoint/completion.ts";

const million = 1_000_000;

/** US dollars. */
export function costOf({ input, output, cachedInput = input }: Price, usage: BilledUsage): number {
  const cached = Math.min(usage.cachedTokens, usage.promptTokens);
  const fresh = usage.promptTokens - cached;
  return (fresh * input + cached * cachedInput + usage.completionTokens * output) / million;
}
