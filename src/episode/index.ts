export { type EpisodeOptions, runEpisode, type StepReport } from "./episode.ts";
export { asEpisodeError, type EpisodeOutcome } from "./outcome.ts";
