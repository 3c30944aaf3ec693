import { AndroidGenError, errorMessage } from "../errors.ts";
import { endpointFailed } from "./decide.ts";

/** How an attempt ended. It is recorded by then. */
export type EpisodeOutcome =
  | {
      state: "succeeded" | "failed";
      steps: number;
      /** The budget that was used up before the agent was done. */
      cutShort?: AndroidGenError;
    }
  /** The device, the host or one model request failed. */
  | { state: "error"; steps: number; error: AndroidGenError }
  /** Stopped from outside or, with an error, by something that no other episode would survive either. */
  | { state: "interrupted"; steps: number; error?: AndroidGenError };

/** Whether the run should stop: every other episode would meet the same. */
export function stopsRun(error: AndroidGenError): boolean {
  return error.class === "config" || endpointFailed(error);
}

/** Whether the episode's own budget of model calls is used up: it ends like one that used up its steps. */
export function spentEpisodeBudget(error: unknown): error is AndroidGenError {
  return AndroidGenError.isInstance(error) && error.code === "EPISODE_BUDGET_SPENT";
}

/** A mistake in our own code ends one episode, is recorded with its place, and never blames a device. */
export function asEpisodeError(error: unknown): AndroidGenError {
  if (AndroidGenError.isInstance(error)) return error;
  const place =
    error instanceof Error
      ? error.stack
          ?.split("\n")[1]
          ?.trim()
          .replace(/\(.*[/\\]/, "(")
      : undefined;
  return new AndroidGenError(
    `The episode met a mistake in androidgen itself: ${errorMessage(error)}${place === undefined ? "" : ` ${place}`}`,
    { code: "EPISODE_CRASHED", class: "agent", cause: error },
  );
}
