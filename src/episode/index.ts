export { modelWaitsMs } from "./decide.ts";
export { type EpisodeOptions, runEpisode, type StepReport } from "./episode.ts";
export { type EpisodeOutcome, stopsRun } from "./outcome.ts";
