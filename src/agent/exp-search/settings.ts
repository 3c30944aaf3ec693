/**
 * Where an example must come from, beside being similar: anywhere; the app that is in front now; or a beginning on the
 * very screen (package and activity) that is in front now.
 */
export type ExamplePlace = "anywhere" | "app" | "screen";

/** What ExpSearch shows and what it never shows: plain data, stored with the run. */
export interface ExpSearchSettings {
  /** `words`, or the name of the embedding model whose vectors are compared. */
  by: string;
  /** Whole trajectories that are shown. */
  trajectories: number;
  trajectoriesFrom: ExamplePlace;
  /** Parts of trajectories that are shown for the item of the plan that is in hand. */
  subGoals: number;
  subGoalsFrom: ExamplePlace;
  /** Only what is at least this similar, 0 to 1. */
  floor: number;
  /** Bound of all examples in a prompt together. */
  tokens: number;
  exclude: {
    /** Episodes of the task's own template, which would show the agent its own answer. */
    sameTemplate: boolean;
    /** Episodes of benchmark runs. */
    benchmarks: boolean;
    /** Episodes of these templates, whatever run they come from. */
    templates: string[];
  };
}

/** Below this, most examples found by words are about something else: see docs/examples.md. */
const wordsFloor = 0.3;

/**
 * The settings of a run where nothing else is said. A benchmark run is shown nothing of any benchmark, nor of its own
 * templates where they were carried out under another name.
 * @param suite of the run
 */
export function defaultExpSearch(suite: {
  benchmark: boolean;
  templates: readonly { id: string }[];
}): ExpSearchSettings {
  return {
    by: "words",
    trajectories: 1,
    trajectoriesFrom: "anywhere",
    subGoals: 1,
    subGoalsFrom: "app",
    floor: wordsFloor,
    tokens: 1500,
    exclude: {
      sameTemplate: true,
      benchmarks: suite.benchmark,
      templates: suite.benchmark ? suite.templates.map(({ id }) => id) : [],
    },
  };
}
