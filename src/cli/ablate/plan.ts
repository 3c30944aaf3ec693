import { isDeepStrictEqual } from "node:util";
import { configError } from "../../errors.ts";
import { planRun } from "../../run/index.ts";
import type { RunSettings, Store, StoredRun } from "../../store/index.ts";
import type { TaskSuite } from "../../task/index.ts";
import type { DriverName } from "../run/driver.ts";
import type { Arm } from "./arms.ts";

/** What all arms of an ablation have in common; stored with the run of each. Plain data. */
export interface AblationKey {
  /** SHA-256 of the suite's file. */
  suite: string;
  /** Ids of the templates, where not all of them. */
  only?: readonly string[];
  instances: number;
  samples: number;
  seed: number;
  models: unknown;
  /** Share of the scripted model's replies that are wrong on purpose; absent with any other model. */
  errorRate?: number;
  driver: DriverName;
  snapshot?: string;
  /** Experiences come from another database than this one. */
  otherExamples: boolean;
  /** Name of the embedding model by which they are found. */
  embeddings?: string;
}

interface StoredArm {
  arm: string;
  of: AblationKey;
}

/**
 * The runs of an ablation that a database holds, by arm. Throws `ABLATION_DB` (class `config`) where it holds anything
 * else: its experiences would be shown to the last arm.
 */
export async function startedArms(store: Store, key: AblationKey): Promise<Map<string, StoredRun>> {
  const started = new Map<string, StoredRun>();
  for (const run of await store.runs.list()) {
    const stored = run.settings["ablation"] as StoredArm | undefined;
    if (stored === undefined || !isDeepStrictEqual(stored.of, JSON.parse(JSON.stringify(key)))) {
      throw configError(
        "ABLATION_DB",
        `${store.file} holds ${stored === undefined ? `the run ${run.id}` : "another ablation"}, whose experiences ` +
          "would be shown to the last arm; name a new file with --db, or give the options of the ablation it holds",
      );
    }
    started.set(stored.arm, run);
  }
  return started;
}

/** Plans the run of an arm: the same tasks and seeds for each. */
export function planArm(
  store: Store,
  { suite, key, arm, settings }: { suite: TaskSuite; key: AblationKey; arm: Arm; settings: RunSettings },
): Promise<StoredRun> {
  const { only, instances, samples, seed } = key;
  const ablation: StoredArm = { arm: arm.name, of: key };
  return planRun(store, {
    suite,
    ...(only === undefined ? {} : { only }),
    instances,
    samples,
    seed,
    settings: { ...settings, ablation },
  });
}
