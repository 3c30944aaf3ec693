import type { StepReport } from "../episode/index.ts";
import type { ErrorReport } from "../errors.ts";
import type { FarmEvent } from "../farm/index.ts";
import type { ModelEvent } from "../llm/index.ts";
import type { RunSummary } from "./summary.ts";

/** Names an attempt in events. */
export interface EpisodeRef {
  /** Id of the attempt. */
  episode: string;
  /** Task instance, `template#number`. */
  instance: string;
  sample: number;
  attempt: number;
  /** Name of the device in its pool. */
  device: string;
}

/** What happens in a run, as plain data: also the lines of `--json`. Whoever opens the models hands theirs on. */
export type RunEvent =
  /** `ended` of the run's `episodes` were carried out earlier. */
  | { type: "run-started"; run: string; episodes: number; ended: number }
  | ({ type: "episode-started"; goal: string } & EpisodeRef)
  | ({ type: "step" } & EpisodeRef & StepReport)
  | ({
      type: "episode-ended";
      state: "succeeded" | "failed" | "error" | "interrupted";
      steps: number;
      error?: ErrorReport;
    } & EpisodeRef)
  /** The model endpoint failed; the episode keeps its device and asks again after `retryInMs`. */
  | ({ type: "model-failed"; error: ErrorReport; retryInMs: number } & EpisodeRef)
  /** The attempt failed for no fault of the agent's and is made again. */
  | ({ type: "retry"; error: ErrorReport } & EpisodeRef)
  | FarmEvent
  | ModelEvent
  /** Steps in flight are finished, then the run ends and can be resumed. */
  | { type: "run-stopping"; error?: ErrorReport }
  | { type: "run-ended"; summary: RunSummary };

export type RunListener = (event: RunEvent) => void;
