import { agentSpecOf } from "../agent/index.ts";
import type { DatasetManifest, DatasetRun, PictureCounts } from "./manifest.ts";

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
- Coordinates: ${coordinatesOf(manifest.runs)}.
- Pictures: ${manifest.pictures === undefined ? "none" : picturesOf(manifest.pictures, manifest.runs)}.
- Personal data: not scanned for. Screens hold what was on the devices.
- Licence: yours to choose; none is set.
`;
}

function picturesOf(counts: PictureCounts, runs: readonly DatasetRun[]): string {
  const unreadable = counts.unreadable.length;
  const plural = unreadable === 1 ? "picture" : "pictures";
  const broken = unreadable === 0 ? "" : ` (${unreadable} recorded ${plural} could not be decoded)`;
  return `with ${counts.with} samples of actions, at the size they were recorded in, each with a box and the number on every listed
  element, or without where actions go by places, made from the recorded picture; ${counts.without} samples of actions have none, as their screens gave none${broken}. ${shownPictures(runs)}`;
}

/** What actions aim at, which goes by the agent of each run. */
function coordinatesOf(runs: readonly DatasetRun[]): string {
  const placing = runs.map((run) => ({ id: run.id, spec: agentSpecOf(run.settings) }));
  const byPlace = placing.filter(({ spec }) => spec.kind === "picture");
  const none = "none. Actions name elements by their number in the screen's list";
  if (byPlace.length === 0) return none;
  const grammars = byPlace.map(({ id, spec }) => `${id} (${spec.codec})`).join(", ");
  return `in the runs ${grammars} as that model family counts them in the sample's picture, which the trainer must not shrink
  further (LLaMA-Factory: \`image_max_pixels\`); in any others ${none}`;
}

/** Whether the replies were written by a model that saw such pictures itself. */
function shownPictures(runs: readonly DatasetRun[]): string {
  const shown = runs.filter(({ settings }) => agentSpecOf(settings).observe !== "text").map(({ id }) => id);
  const unseen = "was shown no pictures: the replies were written from the list of elements alone";
  if (shown.length === runs.length) return "The model that wrote the replies was shown such pictures";
  if (shown.length === 0) return `The model ${unseen}`;
  return `In the runs ${shown.join(", ")} the model was shown such pictures; in the others it ${unseen}`;
}

function modelsOf(models: Record<string, string[]>): string {
  const roles = Object.entries(models).map(([role, names]) => `${role} ${names.join(" and ")}`);
  return roles.join(", ") || "not recorded";
}
