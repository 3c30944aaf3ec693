import { sampleKey } from "./duplicates.ts";
import type { PictureCounts } from "./manifest.ts";
import type { Sample, Split } from "./sample.ts";

/** What has been written so far. */
export class Tally {
  trajectories = 0;
  duplicateTrajectories = 0;
  duplicateSamples = 0;
  readonly unreadablePictures: string[] = [];
  readonly counts: Record<string, { train: number; val: number }> = {};
  private withPicture = 0;
  private withoutPicture = 0;
  private readonly keys = new Set<string>();

  get samples(): number {
    return Object.values(this.counts).reduce((sum, { train, val }) => sum + train + val, 0);
  }

  get pictures(): PictureCounts {
    // They were found several at a time, in any order.
    const unreadable = this.unreadablePictures.toSorted();
    return { with: this.withPicture, without: this.withoutPicture, unreadable };
  }

  seenBefore(key: string): boolean {
    if (!this.keys.has(key)) {
      this.keys.add(key);
      return false;
    }
    this.duplicateTrajectories++;
    return true;
  }

  isNew(sample: Sample, split: Split): boolean {
    const key = sampleKey(sample);
    if (this.keys.has(key)) {
      this.duplicateSamples++;
      return false;
    }
    this.keys.add(key);
    const count = (this.counts[sample.kind] ??= { train: 0, val: 0 });
    count[split]++;
    if (sample.image !== undefined) this.withPicture++;
    else if (sample.kind !== "planning") this.withoutPicture++;
    return true;
  }
}
