import type { ErrorReport } from "../errors.ts";
import type { ModelChoice } from "./config/config.ts";
import type { ModelRole } from "./model.ts";

/** What whoever watches a run wants to know of its endpoints. */
export type ModelEvent =
  /** Fails so often that it is left alone for a while. */
  | { type: "circuit-opened"; endpoint: string; model: string; retryInMs: number; error: ErrorReport }
  | { type: "circuit-closed"; endpoint: string; model: string }
  /** Said how long it does not want to be asked, by anybody. */
  | { type: "held-back"; endpoint: string; forMs: number }
  | { type: "fell-back"; role: ModelRole; from: ModelChoice; to: ModelChoice; error: ErrorReport };
