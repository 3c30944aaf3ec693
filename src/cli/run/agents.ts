import { type AgentSpec, type AskPerson, createAgent, type RecordedStep } from "../../agent/index.ts";
import type { ExperienceSource } from "../../agent/index.ts";
import { configError } from "../../errors.ts";
import type { ModelLayer } from "../../llm/index.ts";
import type { ExecuteOptions } from "../../run/index.ts";
import type { Store } from "../../store/index.ts";

export interface AgentSources {
  store: Store;
  /** Absent where the agent asks no model. */
  models?: ModelLayer;
  /** Where ExpSearch looks; the run's own database where not given. */
  experiences?: ExperienceSource;
  /** Asks the person at the terminal. */
  ask?: AskPerson;
}

/** Makes the agent of each episode of a run. */
export function agentMaker(spec: AgentSpec, sources: AgentSources): ExecuteOptions["agentFor"] {
  const { store, models, ask, experiences = store.experiences } = sources;
  const recordings = spec.replayOf === undefined ? undefined : recordedEpisodes(store, spec.replayOf);
  return async ({ id }, episode) =>
    createAgent(spec, {
      ...(models === undefined ? {} : { model: models.forEpisode(episode.id) }),
      experiences,
      ...(ask === undefined ? {} : { ask }),
      ...(recordings === undefined ? {} : { recording: await recordings(id, episode.sample) }),
    });
}

/** What was carried out in the episodes of a run, by instance and sample. */
function recordedEpisodes(store: Store, runId: string) {
  return async (instance: string, sample: number): Promise<RecordedStep[]> => {
    const recorded = await store.episodes.latest(runId);
    const episode = recorded.find((one) => one.instanceId === instance && one.sample === sample);
    if (episode === undefined) {
      throw configError("REPLAY_NOT_FOUND", `the run ${runId} holds no sample ${sample} of ${instance}`);
    }
    const steps: RecordedStep[] = [];
    for (const { action, refusal, thought, screenId } of await store.steps.list(episode.id)) {
      if (action === undefined || refusal !== undefined) continue;
      const { elements, width, height } = await store.screens.load(screenId);
      steps.push({ action, thought, screen: { elements, width, height } });
    }
    return steps;
  };
}
