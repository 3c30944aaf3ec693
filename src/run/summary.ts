import type { RunState, Store, StoredEpisode } from "../store/index.ts";

export interface Outcomes {
  /** (Instance, sample) pairs; attempts that were made again are not counted. */
  episodes: number;
  succeeded: number;
  failed: number;
  /** Gave no result: the device, the host or the model failed each time. */
  errors: number;
  /** Still to be carried out. */
  open: number;
  /** Median steps of the episodes that succeeded; 0 where none did. */
  stepsP50: number;
}

export interface RunSummary extends Outcomes {
  run: string;
  state: RunState;
  /** Steps of all finished episodes. */
  steps: number;
  calls: number;
  promptTokens: number;
  completionTokens: number;
  /** US dollars, of the calls whose price is known. */
  costUsd: number;
  /** AutoCheck's rule, or `grammar`, `device` and the like → steps that it refused, in every attempt. */
  refusals: Record<string, number>;
  /** AutoCheck's rule → steps whose outcome it doubted. */
  findings: Record<string, number>;
  /** Wall time of the episodes that were carried out, summed over the devices. */
  deviceSeconds: number;
  templates: ({ template: string } & Outcomes)[];
  /** Error code → attempts it ended, also of those that were made again. */
  errorCodes: Record<string, number>;
}

export async function summarise(store: Store, runId: string): Promise<RunSummary> {
  const run = await store.runs.get(runId);
  const attempts = await store.episodes.list(runId);
  const latest = await store.episodes.latest(runId);
  const usage = await store.calls.usage(runId);
  const templateOf = new Map(
    (await store.runs.instances(runId)).map(({ id, templateId }) => [id, templateId]),
  );

  const byTemplate = new Map<string, StoredEpisode[]>();
  for (const episode of latest) {
    const template = templateOf.get(episode.instanceId)!;
    byTemplate.set(template, [...(byTemplate.get(template) ?? []), episode]);
  }
  const errorCodes: Record<string, number> = {};
  for (const { error } of attempts) {
    if (error !== undefined) errorCodes[error.code] = (errorCodes[error.code] ?? 0) + 1;
  }
  return {
    run: run.id,
    state: run.state,
    ...outcomesOf(latest),
    steps: sum(latest.filter(isFinished).map(({ steps }) => steps)),
    ...usage,
    ...(await store.steps.objections(runId)),
    deviceSeconds: sum(attempts.map(secondsOf)),
    templates: [...byTemplate].map(([template, episodes]) => ({ template, ...outcomesOf(episodes) })),
    errorCodes,
  };
}

function outcomesOf(episodes: readonly StoredEpisode[]): Outcomes {
  const count = (...states: StoredEpisode["state"][]) =>
    episodes.filter(({ state }) => states.includes(state)).length;
  return {
    episodes: episodes.length,
    succeeded: count("succeeded"),
    failed: count("failed"),
    errors: count("error"),
    open: count("pending", "running", "interrupted"),
    stepsP50: median(episodes.filter(({ state }) => state === "succeeded").map(({ steps }) => steps)),
  };
}

function isFinished({ state }: StoredEpisode): boolean {
  return state === "succeeded" || state === "failed";
}

function secondsOf({ startedAt, endedAt }: StoredEpisode): number {
  return startedAt === undefined || endedAt === undefined ? 0 : (endedAt - startedAt) / 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
