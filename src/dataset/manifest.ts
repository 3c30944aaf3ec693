/** `manifest.json` of a dataset: where it comes from and what is in it. Holds no key and no path of the host. */
export interface DatasetManifest {
  name: string;
  /** ISO 8601. */
  createdAt: string;
  runs: DatasetRun[];
  apps: string[];
  /** Who judged, in which version: `check checks.v1`, `rules …`. */
  filter: string[];
  episodes: { finished: number; kept: number };
  /** Kept trajectories that are in the dataset: duplicates are not. */
  trajectories: number;
  samples: number;
  /** By kind of sample. */
  counts: Record<string, { train: number; val: number }>;
  duplicates: { trajectories: number; samples: number };
  split: { rule: "by template"; seed: number; valShare: number; heldOut: string[] };
  images: boolean;
  /** Only with `images`. */
  pictures?: PictureCounts;
  files: { name: string; sha256: string }[];
}

export interface PictureCounts {
  /** Samples of actions that carry the picture of their screen. */
  with: number;
  /** Samples of actions whose screen has none that can be shown; their prompts speak of none. */
  without: number;
  /** Steps whose recorded picture could not be decoded, as `<episode>/<step>`. */
  unreadable: string[];
}

export interface DatasetRun {
  id: string;
  suite: string;
  suiteSha256: string;
  seed: number;
  /** As the run was started. */
  settings: Record<string, unknown>;
  /** Role → models that answered, by the records: a run that was stopped may have gone on with another. */
  models: Record<string, string[]>;
}
