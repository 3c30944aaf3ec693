import type { DatasetManifest } from "./manifest.ts";

/** The dataset card: `README.md` with the YAML head that dataset hubs read. */
export function datasetCard(manifest: DatasetManifest): string {
  const { counts, split, episodes, duplicates } = manifest;
  const rows = Object.entries(counts).map(([kind, { train, val }]) => `| ${kind} | ${train} | ${val} |`);
  const models = [...new Set(manifest.runs.map(({ models }) => modelsOf(models)))];
  return `---
pretty_name: ${JSON.stringify(manifest.name)}
language: [en]
tags: [mobile-agent, android, gui, trajectories]
---

# ${manifest.name}

Trajectories of an agent that carried out goals on Android devices, recorded and filtered by androidgen.

| kind | train | val |
|---|---|---|
${rows.join("\n")}

- **execution**: goal, plan, history and screen in; the model's analysis and one line of code out.
- **planning**: goal and screen in; the plan, with the state of each of its steps, out.
- **sub-goal**: as execution, towards the first part of a goal that StepCritic found reached.

## How it came about

- Runs: ${manifest.runs.map(({ id, suite, seed }) => `${id} (suite ${suite}, seed ${seed})`).join("; ")}
- Generator: ${models.join("; ")}
- Apps: ${manifest.apps.join(", ")}
- Judged by: ${manifest.filter.join(", ")}. The precision of these judges has not been measured on this data.
- Of ${episodes.finished} finished episodes ${episodes.kept} were kept; ${duplicates.trajectories} of these repeat another one step by step
  and were left out, as were ${duplicates.samples} single samples that repeat another.
- Split ${split.rule}, seed ${split.seed}. Held out: ${split.heldOut.join(", ") || "nothing"}.
- Coordinates: none. Actions name elements by their number in the screen's list.
- Pictures: ${manifest.images ? "with each execution sample, at the device's own resolution" : "none"}.
- Personal data: not scanned for. Screens hold what was on the devices.
- Licence: yours to choose; none is set.
`;
}

function modelsOf(models: Record<string, string[]>): string {
  const roles = Object.entries(models).map(([role, names]) => `${role} ${names.join(" and ")}`);
  return roles.join(", ") || "not recorded";
}
