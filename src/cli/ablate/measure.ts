import { type Share, share } from "../../critic/index.ts";
import { type RunSummary, summarise } from "../../run/index.ts";
import type { Store } from "../../store/index.ts";
import type { Arm } from "./arms.ts";

/** What an arm came to. */
export interface ArmResult {
  arm: string;
  run: string;
  /** Modules that are on. */
  modules: string[];
  /** Episodes that ended with a result. */
  n: number;
  succeeded: number;
  /** Of `n`, with its 95 % Wilson interval; null without a result. */
  success: Share | null;
  /** Episodes that devices or model left without a result. */
  errors: number;
  /** Of finished episodes. */
  steps: number;
  calls: number;
  /** Prompt and completion. */
  tokens: number;
  /** US dollars, of the calls whose price is known. */
  costUsd: number;
  /** AutoCheck's rule, `grammar` or `device` → steps that it refused. */
  refusals: Record<string, number>;
  /** AutoCheck's rule → actions whose outcome it doubted. */
  findings: Record<string, number>;
  /** Episodes that were shown an example. */
  shownExamples: number;
  /** Wall time of the episodes, summed over the devices. */
  deviceSeconds: number;
}

export async function measureArm(store: Store, { name, agent }: Arm, runId: string): Promise<ArmResult> {
  const summary: RunSummary = await summarise(store, runId);
  const n = summary.succeeded + summary.failed;
  const { kind, modules } = agent;
  return {
    arm: name,
    run: runId,
    modules: kind === "androidgen" ? Object.keys(modules).filter((key) => modules[key as "autoCheck"]) : [],
    n,
    succeeded: summary.succeeded,
    success: share(summary.succeeded, n),
    errors: summary.errors,
    steps: summary.steps,
    calls: summary.calls,
    tokens: summary.promptTokens + summary.completionTokens,
    costUsd: summary.costUsd,
    refusals: summary.refusals,
    findings: summary.findings,
    shownExamples: await shownExamples(store, runId),
    deviceSeconds: Math.round(summary.deviceSeconds * 10) / 10,
  };
}

async function shownExamples(store: Store, runId: string): Promise<number> {
  let shown = 0;
  for (const { id } of await store.episodes.latest(runId)) {
    const steps = await store.steps.list(id);
    if (steps.some(({ experiences }) => experiences.length > 0)) shown++;
  }
  return shown;
}
