import type { ExperienceQuery } from "../../src/agent/index.ts";
import type { NewExperience } from "../../src/store/index.ts";

/** A whole trajectory, of the goal that is given. */
export function anExperience(goal: string, more: Partial<NewExperience> = {}): NewExperience {
  return {
    kind: "trajectory",
    templateId: "template",
    goal,
    text: `how to ${goal}`,
    plan: "",
    apps: [],
    packages: [],
    start: { package: "com.example.launcher", activity: ".Home" },
    benchmark: false,
    ...more,
  };
}

/** The five best of all there is. */
export function anyLike(goal: string, more: Partial<ExperienceQuery> = {}): ExperienceQuery {
  return {
    goal,
    limit: 5,
    floor: 0,
    kinds: ["trajectory", "sub-goal"],
    excludeTemplates: [],
    excludeBenchmarks: false,
    ...more,
  };
}
