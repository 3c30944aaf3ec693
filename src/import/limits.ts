/** Bounds of what is read, each far above what a real recording has: an import is somebody else's data. */
export const limits = {
  lineBytes: 32 * 1024 * 1024,
  pictureBytes: 32 * 1024 * 1024,
  /** Pixels of a side. */
  pictureSide: 16_384,
  stepsOfEpisode: 1_000,
  episodeBytes: 256 * 1024 * 1024,
  elementsOfScreen: 5_000,
  goalCharacters: 10_000,
  /** How deep recordings may lie in the folder that is named. */
  folders: 4,
} as const;
