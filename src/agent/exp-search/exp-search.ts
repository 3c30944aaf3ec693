import type { Screen } from "../../screen/index.ts";
import type {
  Experience,
  ExperienceKind,
  ExperienceQuery,
  ExperienceSource,
  Observation,
  PlanItem,
} from "../agent.ts";
import { shareTokens } from "./share-tokens.ts";
import type { ExamplePlace, ExpSearchSettings } from "./settings.ts";

export interface ExpSearch {
  /**
   * Examples for the next decision: whole trajectories like the goal, then parts of others like the plan's item in hand.
   * Throws what the source throws.
   */
  find(
    observation: Pick<Observation, "goal" | "templateId" | "screen" | "signal">,
    plan: readonly PlanItem[],
  ): Promise<Experience[]>;
}

/**
 * AndroidGen's ExpSearch for one episode. Trajectories are looked up once; parts when the item in hand, or the place
 * they must come from, is a new one. Unlike the original there is a floor, and nothing of the task's own template is
 * shown unless the settings allow it.
 */
export function createExpSearch(source: ExperienceSource, settings: ExpSearchSettings): ExpSearch {
  let trajectories: Experience[] | undefined;
  const parts = new Map<string, Experience[]>();

  return {
    async find(observation, plan) {
      trajectories ??= await search("trajectory", observation.goal, observation);
      const inHand = plan.find((item) => !item.done);
      const fitting = inHand === undefined ? [] : await partsFor(inHand.text, observation);
      const shown = new Set(trajectories.map(({ episodeId }) => episodeId));
      const others = fitting.filter(({ episodeId }) => !shown.has(episodeId)).slice(0, settings.subGoals);
      return shareTokens([...trajectories, ...others], settings.tokens);
    },
  };

  async function partsFor(item: string, observation: SearchFor): Promise<Experience[]> {
    const key = JSON.stringify([item, placeOf(settings.subGoalsFrom, observation.screen)]);
    const known = parts.get(key);
    if (known !== undefined) return known;
    const found = await search("sub-goal", item, observation);
    parts.set(key, found);
    return found;
  }

  async function search(kind: ExperienceKind, goal: string, about: SearchFor): Promise<Experience[]> {
    const whole = kind === "trajectory";
    const count = whole ? settings.trajectories : settings.subGoals;
    if (count === 0) return [];
    const { exclude, floor } = settings;
    const { templateId, screen, signal } = about;
    const own = exclude.sameTemplate && templateId !== undefined ? [templateId] : [];
    return source.search({
      goal,
      // Parts of the trajectories that are shown anyway are passed over.
      limit: whole ? count : count + settings.trajectories,
      floor,
      kinds: [kind],
      ...placeOf(whole ? settings.trajectoriesFrom : settings.subGoalsFrom, screen),
      excludeTemplates: [...new Set([...exclude.templates, ...own])],
      excludeBenchmarks: exclude.benchmarks,
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

type SearchFor = Pick<Observation, "templateId" | "screen" | "signal">;

/** The filters of a query for examples from this place. */
function placeOf(
  place: ExamplePlace,
  { package: appInFront, activity }: Screen,
): Pick<ExperienceQuery, "apps" | "state"> {
  if (place === "app") return { apps: [appInFront] };
  if (place === "screen") return { state: { package: appInFront, activity } };
  return {};
}
