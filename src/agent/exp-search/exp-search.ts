import { countTokens } from "../llm/index.ts";
import type { Experience, ExperienceSource, Observation } from "./agent.ts";

/** Examples shown for one episode; the paper takes the best one. */
const shownExamples = 1;
/** Bound of one example's text. */
const maxTokens = 1500;

export interface ExpSearch {
  find(observation: Observation): Promise<Experience[]>;
}

/**
 * AndroidGen's ExpSearch for one episode: stored successes of similar goals, looked up once. Unlike the
 * original it never shows an episode of the same template, which would leak the answer of a benchmark.
 */
export function createExpSearch(source: ExperienceSource): ExpSearch {
  let found: Experience[] | undefined;
  return {
    async find({ goal, templateId }) {
      found ??= await search(source, goal, templateId);
      return found;
    },
  };
}

async function search(
  source: ExperienceSource,
  goal: string,
  templateId: string | undefined,
): Promise<Experience[]> {
  const exclusion = templateId === undefined ? {} : { excludeTemplate: templateId };
  const experiences = await source.search({ goal, limit: shownExamples, ...exclusion });
  return experiences
    .filter((experience) => templateId === undefined || experience.templateId !== templateId)
    .slice(0, shownExamples)
    .map((experience) => ({ ...experience, text: cutToTokens(experience.text, maxTokens) }));
}

/** Whole lines from the start, as many as fit. */
function cutToTokens(text: string, limit: number): string {
  if (countTokens(text) <= limit) return text;
  const kept: string[] = [];
  let tokens = 0;
  for (const line of text.split("\n")) {
    tokens += countTokens(`${line}\n`);
    if (tokens > limit) break;
    kept.push(line);
  }
  return [...kept, "(the rest is left out)"].join("\n");
}
