import { type AgentModules, type AgentSpec, type AgentSuite, defaultAgentSpec } from "../../agent/index.ts";
import type { Baseline } from "../commands/ablate.ts";

/** One agent of an ablation. */
export interface Arm {
  name: string;
  agent: AgentSpec;
}

const moduleArms: readonly { name: string; modules: AgentModules }[] = [
  { name: "base", modules: { reflectPlan: false, autoCheck: false, expSearch: false } },
  { name: "+ReflectPlan", modules: { reflectPlan: true, autoCheck: false, expSearch: false } },
  { name: "+AutoCheck", modules: { reflectPlan: true, autoCheck: true, expSearch: false } },
  { name: "+ExpSearch", modules: { reflectPlan: true, autoCheck: true, expSearch: true } },
];

/** AndroidGen's agent with one module after the other, as in the paper's ablation, then the baselines. */
export function armsOf(suite: AgentSuite, others: readonly Baseline[]): Arm[] {
  const whole = defaultAgentSpec("androidgen", suite);
  return [
    ...moduleArms.map(({ name, modules }) => ({ name, agent: { ...whole, modules } })),
    ...others.map((kind) => ({ name: kind, agent: defaultAgentSpec(kind, suite) })),
  ];
}
