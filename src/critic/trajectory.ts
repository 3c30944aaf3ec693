import { sameState, type Screen, type ScreenState } from "../screen/index.ts";
import type { Store, StoredEpisode, StoredStep, StoredVerdict } from "../store/index.ts";
import type { TaskInstance } from "../task/index.ts";
import { aimedAt } from "./action-code.ts";

/** A finished episode and what was said of it. */
export interface FinishedEpisode {
  episode: StoredEpisode;
  instance: TaskInstance;
  verdicts: StoredVerdict[];
}

/** A step as judges compare it with others. */
export interface JudgedStep extends StoredStep {
  /** Equal for steps whose screens showed the same, sliders included; other than the fingerprint, of one episode only. */
  state: string;
}

/** A finished episode with everything a judge looks at. */
export interface Trajectory extends FinishedEpisode {
  steps: JudgedStep[];
}

/** The finished episodes of a run, one for each slot. Attempts that broke off have nothing to judge. */
export async function* finishedEpisodes(store: Store, runId: string): AsyncGenerator<FinishedEpisode> {
  const instances = new Map((await store.runs.instances(runId)).map((instance) => [instance.id, instance]));
  for (const episode of await store.episodes.latest(runId)) {
    if (episode.state !== "succeeded" && episode.state !== "failed") continue;
    const verdicts = await store.verdicts.list(episode.id);
    yield { episode, instance: instances.get(episode.instanceId)!, verdicts };
  }
}

/** The same with their steps, one episode in memory at a time. */
export async function* finishedTrajectories(store: Store, runId: string): AsyncGenerator<Trajectory> {
  for await (const finished of finishedEpisodes(store, runId)) {
    const steps = await store.steps.list(finished.episode.id);
    yield { ...finished, steps: await withStates(store, steps) };
  }
}

/** Screens are read only where fingerprints are equal, which is where they may still differ. */
async function withStates(store: Store, steps: readonly StoredStep[]): Promise<JudgedStep[]> {
  const count = new Map<string, number>();
  for (const { fingerprint } of steps) count.set(fingerprint, (count.get(fingerprint) ?? 0) + 1);
  const seen = new Map<string, ScreenState[]>();
  let unseen = 0;
  const judged: JudgedStep[] = [];
  for (const step of steps) {
    const { fingerprint } = step;
    if (count.get(fingerprint) === 1) {
      judged.push({ ...step, state: fingerprint });
      continue;
    }
    const screen = await store.screens.load(step.screenId);
    const others = seen.get(fingerprint) ?? [];
    seen.set(fingerprint, others);
    let number = others.findIndex((other) => sameState(other, screen));
    if (number === -1) number = others.push(screen) - 1;
    judged.push({ ...step, state: `${fingerprint}/${number}/${unseen}` });
    if (movesUntoldSlider(step, screen)) unseen++;
  }
  return judged;
}

/** Over adb no tree tells where a slider stands: after it was touched, nobody knows that the screen is the same. */
function movesUntoldSlider({ action }: StoredStep, screen: Screen): boolean {
  const element = action && aimedAt(action, screen);
  return element?.value === undefined && /(?:SeekBar|RatingBar|Slider)$/u.test(element?.className ?? "");
}
