import { exportDataset, type DatasetManifest } from "../../dataset/index.ts";
import { openStore } from "../../store/index.ts";
import type { ExportCommandOptions } from "../commands/export.ts";
import { interruptSignal } from "../interrupt.ts";
import { print, printJson } from "../output.ts";
import { chosenRuns } from "../runs.ts";

export async function exportRuns(options: ExportCommandOptions): Promise<void> {
  const store = await openStore(options.db, { readonly: true });
  const interrupt = interruptSignal(() => process.stderr.write("stopping; nothing is left half written\n"));
  try {
    const manifest = await exportDataset(store, {
      runIds: await chosenRuns(store, options.run),
      out: options.out,
      formats: options.format,
      images: options.images === true,
      valShare: options.val,
      seed: options.seed,
      signal: interrupt.signal,
    });
    if (options.json === true) printJson(manifest);
    else printDataset(manifest, options.out);
  } finally {
    interrupt.dispose();
    await store.close();
  }
}

export function printDataset(manifest: DatasetManifest, out: string): void {
  const { episodes, trajectories, samples, counts, duplicates, split, pictures } = manifest;
  print(
    `dataset ${out}: ${samples} samples of ${trajectories} trajectories (${episodes.kept} kept of ${episodes.finished})`,
  );
  for (const [kind, { train, val }] of Object.entries(counts)) print(`  ${kind}: ${train} train, ${val} val`);
  if (pictures !== undefined) {
    const unreadable = pictures.unreadable.length;
    const broken = unreadable === 0 ? "" : `; unreadable: ${unreadable}, named in manifest.json`;
    print(`  pictures: ${pictures.with} samples with, ${pictures.without} without${broken}`);
  }
  print(`  left out as repeats: ${duplicates.trajectories} trajectories, ${duplicates.samples} samples`);
  print(`  held out for validation: ${split.heldOut.join(", ") || "nothing"}`);
}
