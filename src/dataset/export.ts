import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { configError } from "../errors.ts";
import type { ScreenImage } from "../screen/index.ts";
import type { Store } from "../store/index.ts";
import { datasetCard } from "./card.ts";
import { trajectoryKey } from "./duplicates.ts";
import { fileHash, refuseToOverwrite, writeError, writeImage } from "./files.ts";
import type { FormatName } from "./formats/format.ts";
import { llamaFactory } from "./formats/llamafactory.ts";
import { openAiChat } from "./formats/openai.ts";
import type { DatasetManifest, DatasetRun } from "./manifest.ts";
import { withPictures } from "./pictures.ts";
import type { Sample, Split } from "./sample.ts";
import { fullSamples, subGoalSamples } from "./samples.ts";
import { candidates, type Candidate } from "./select.ts";
import { splitByTemplate } from "./split.ts";
import { Tally } from "./tally.ts";
import { type SeenTrajectory, withScreens } from "./trajectory.ts";

export interface ExportOptions {
  runIds: readonly string[];
  /** Folder of the dataset: must not exist, or be empty. */
  out: string;
  formats: readonly FormatName[];
  /** Whether samples of actions carry the picture of the screen, with boxes and numbers. */
  images: boolean;
  /** Share of the templates that are held out for validation, 0 to 1. */
  valShare: number;
  seed: number;
  signal?: AbortSignal;
}

const FORMATS = { llamafactory: llamaFactory, openai: openAiChat };

/**
 * Writes the kept trajectories of some runs as a dataset. The folder appears only when it is whole: everything
 * is written beside it first, and moved into place at the end.
 *
 * Throws `DATASET_EXISTS`, `DATASET_EMPTY`, `RUN_NOT_SCORED`, `RUN_NOT_FOUND` (class `config`).
 */
export async function exportDataset(store: Store, options: ExportOptions): Promise<DatasetManifest> {
  const out = path.resolve(options.out);
  await refuseToOverwrite(out, options.out);
  const found = await candidates(store, options.runIds);
  await mkdir(path.dirname(out), { recursive: true });
  const folder = await mkdtemp(`${out}.part-`);
  try {
    const manifest = await writeDataset(store, found, folder, path.basename(out), options);
    // An empty folder may stand where the dataset goes; rename replaces it.
    await rename(folder, out);
    return manifest;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw writeError(error, options.out);
  }
}

async function writeDataset(
  store: Store,
  found: readonly Candidate[],
  folder: string,
  name: string,
  options: ExportOptions,
): Promise<DatasetManifest> {
  const useful = found.filter((candidate) => candidate.kept || candidate.parts.length > 0);
  if (useful.length === 0) throw nothingKept(found);
  const splits = splitByTemplate(
    useful.map(({ instance }) => instance.templateId),
    options.valShare,
    options.seed,
  );
  const images = new Set<string>();
  const context = {
    folder,
    name: name.replaceAll(/\W+/g, "_"),
    imageFile: (image: ScreenImage) => writeImage(folder, image, images),
  };
  const writers = await Promise.all(options.formats.map((format) => FORMATS[format].open(context)));
  const tally = new Tally();
  let files: string[];
  try {
    for (const candidate of useful) {
      options.signal?.throwIfAborted();
      const split = splits.get(candidate.instance.templateId)!;
      for (const sample of await samplesOf(store, candidate, options, tally)) {
        if (!tally.isNew(sample, split)) continue;
        for (const writer of writers) await writer.add(sample, split);
      }
    }
  } finally {
    files = (await Promise.all(writers.map((writer) => writer.close()))).flat();
  }
  // Parts of goals may have been reached by steps that teach nothing.
  if (tally.samples === 0) throw nothingKept(found);
  const manifest = await describeDataset(store, { folder, name, tally, found, splits, options }, files);
  await writeFile(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(path.join(folder, "README.md"), datasetCard(manifest));
  return manifest;
}

function nothingKept(found: readonly Candidate[]) {
  return configError(
    "DATASET_EMPTY",
    `None of the ${found.length} finished episodes was kept, so there is nothing to export; androidgen show says why.`,
  );
}

async function samplesOf(
  store: Store,
  candidate: Candidate,
  options: ExportOptions,
  tally: Tally,
): Promise<Sample[]> {
  const { kept, parts } = candidate;
  let trajectory: SeenTrajectory = await withScreens(store, candidate);
  if (kept) {
    if (tally.seenBefore(trajectoryKey(trajectory))) return [];
    tally.trajectories++;
  }
  if (options.images) {
    trajectory = await withPictures(store, trajectory, {
      steps: kept ? trajectory.steps.length : Math.max(...parts.map(({ steps }) => steps)),
      onUnreadable: ({ number }) => tally.unreadablePictures.push(`${candidate.episode.id}/${number}`),
      signal: options.signal,
    });
  }
  const partial = subGoalSamples(trajectory, parts);
  return kept ? [...fullSamples(trajectory), ...partial] : partial;
}

interface WrittenDataset {
  folder: string;
  name: string;
  tally: Tally;
  found: readonly Candidate[];
  splits: ReadonlyMap<string, Split>;
  options: ExportOptions;
}

async function describeDataset(
  store: Store,
  { folder, name, tally, found, splits, options }: WrittenDataset,
  files: readonly string[],
): Promise<DatasetManifest> {
  const runs = await Promise.all(options.runIds.map((id) => describeRun(store, id)));
  const held = [...splits].filter(([, split]) => split === "val").map(([id]) => id);
  return {
    name,
    createdAt: new Date().toISOString(),
    runs,
    apps: [...new Set(found.flatMap(({ instance }) => instance.apps))].sort(),
    filter: [
      ...new Set(found.flatMap(({ verdicts }) => verdicts.map((v) => `${v.source} ${v.version}`))),
    ].sort(),
    episodes: { finished: found.length, kept: found.filter(({ kept }) => kept).length },
    trajectories: tally.trajectories,
    samples: tally.samples,
    counts: tally.counts,
    duplicates: { trajectories: tally.duplicateTrajectories, samples: tally.duplicateSamples },
    split: { rule: "by template", seed: options.seed, valShare: options.valShare, heldOut: held.sort() },
    images: options.images,
    ...(options.images ? { pictures: tally.pictures } : {}),
    files: await Promise.all(
      files.map(async (file) => ({ name: file, sha256: await fileHash(path.join(folder, file)) })),
    ),
  };
}

async function describeRun(store: Store, runId: string): Promise<DatasetRun> {
  const { id, suite, suiteSha256, seed, settings } = await store.runs.get(runId);
  return { id, suite, suiteSha256, seed, settings, models: await store.calls.models(runId) };
}
