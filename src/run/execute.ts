import PQueue from "p-queue";
import type { Agent } from "../agent/index.ts";
import type { AppApi } from "../api/index.ts";
import { asEpisodeError, type EpisodeOutcome, runEpisode } from "../episode/index.ts";
import { type AndroidGenError, errorReport } from "../errors.ts";
import type { DevicePool, Lease } from "../farm/index.ts";
import type { Store, StoredEpisode } from "../store/index.ts";
import type { TaskInstance } from "../task/index.ts";
import { logDevices } from "./device-log.ts";
import type { EpisodeRef, RunListener } from "./events.ts";
import { openEpisodes } from "./open-episodes.ts";
import { SetUps } from "./set-ups.ts";
import { type RunSummary, summarise } from "./summary.ts";

/** Attempts at one episode while devices fail; each on another device where there is one. */
const maxAttempts = 3;
/** Attempts at one whose task cannot be set up: one device may lack what another has. */
const maxSetUps = 2;
/** Episodes in a row that end by the same kind of error before the run is stopped to save the rest. */
const maxErrorsInARow = 5;

export interface ExecuteOptions {
  store: Store;
  /** A planned run, or one that was stopped: then it goes on. */
  runId: string;
  /** As many episodes go on at once as it has devices. Its owner closes it. */
  pool: DevicePool;
  /** Makes the agent of one episode. What it throws stops the run, with the episode still to be carried out. */
  agentFor: (instance: TaskInstance, episode: StoredEpisode) => Agent | Promise<Agent>;
  /** App interfaces that the user allows the agents to call. */
  apis?: readonly AppApi[];
  /** Loaded before each episode. */
  snapshot?: string;
  onEvent?: RunListener;
  /** Lets the steps in flight finish and leaves a run that can be resumed. */
  signal?: AbortSignal;
  /** Waits between tries when the model endpoint fails. */
  modelWaitsMs?: readonly number[];
}

export interface RunResult {
  summary: RunSummary;
  /** Steps recorded by this call. */
  steps: number;
  /** Wall time of this call. */
  seconds: number;
  /** What stopped the run before its end; absent where the signal did. */
  error?: AndroidGenError;
}

/**
 * Carries out what is left of a run. Errors of class `infra` are tried again on another device; anything that
 * would fail every episode stops the run, which can then be resumed.
 * Throws before the first episode where the run is busy or unknown, or no device can be reached.
 */
export async function executeRun(options: ExecuteOptions): Promise<RunResult> {
  const { store, runId } = options;
  await store.runs.get(runId);
  const lock = await store.lockRun(runId);
  try {
    return await new RunExecution(options).run();
  } finally {
    lock.release();
  }
}

interface Playing {
  episode: StoredEpisode;
  instance: TaskInstance;
  lease: Lease;
  ref: EpisodeRef;
  agent: Agent;
}

class RunExecution {
  readonly #options: ExecuteOptions;
  readonly #emit: RunListener;
  readonly #stop = new AbortController();
  #error: AndroidGenError | undefined;
  #errorsInARow = 0;
  #steps = 0;
  readonly #setUps = new SetUps();

  constructor(options: ExecuteOptions) {
    this.#options = options;
    this.#emit = options.onEvent ?? (() => {});
  }

  async run(): Promise<RunResult> {
    const { store, runId, pool, signal } = this.#options;
    const start = performance.now();
    const log = logDevices(store, runId, pool, this.#emit);
    const interrupt = () => this.#stopRun();
    signal?.addEventListener("abort", interrupt, { once: true });
    try {
      await pool.open();
      await store.runs.setState(runId, "running");
      if (signal?.aborted === true) interrupt();
      await this.#carryOut();
    } catch (error) {
      await log.close();
      throw error;
    } finally {
      signal?.removeEventListener("abort", interrupt);
    }
    await this.#conclude(log.close());
    const summary = await summarise(store, runId);
    this.#emit({ type: "run-ended", summary });
    const seconds = (performance.now() - start) / 1000;
    return {
      summary,
      steps: this.#steps,
      seconds,
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }

  async #carryOut(): Promise<void> {
    const { store, runId, pool } = this.#options;
    const instances = new Map((await store.runs.instances(runId)).map((instance) => [instance.id, instance]));
    const open = await openEpisodes(store, runId);
    const episodes = (await store.episodes.latest(runId)).length;
    this.#emit({ type: "run-started", run: runId, episodes, ended: episodes - open.length });
    const queue = new PQueue({ concurrency: pool.size });
    await queue.addAll(
      open.map((episode) => () => this.#carryOutEpisode(episode, instances.get(episode.instanceId)!)),
    );
  }

  /** All attempts at one episode. Never throws: what no episode would survive stops the run. */
  async #carryOutEpisode(first: StoredEpisode, instance: TaskInstance): Promise<void> {
    try {
      let episode = first;
      let avoid: string | undefined;
      for (let attempt = 1; !this.#stop.signal.aborted; attempt++) {
        const { outcome, ref, blamesTask } = await this.#attempt(episode, instance, avoid);
        const failure = deviceFailure(outcome);
        const enough = attempt === (blamesTask ? maxSetUps : maxAttempts);
        if (failure === undefined || enough || this.#stop.signal.aborted) return;
        episode = await this.#options.store.episodes.retry(episode.id);
        this.#emit({ type: "retry", ...ref, error: errorReport(failure) });
        avoid = ref.device;
      }
    } catch (error) {
      // Who was waiting for a device when the run stopped is told by this error, and has nothing to report.
      if (error !== this.#stop.signal.reason) this.#stopRun(asEpisodeError(error));
    }
  }

  async #attempt(episode: StoredEpisode, instance: TaskInstance, avoid: string | undefined) {
    const { store, runId, pool } = this.#options;
    const lease = await pool.acquire({ avoid, signal: this.#stop.signal });
    let failure: AndroidGenError | undefined;
    try {
      const { info } = lease.device;
      const agent = await this.#options.agentFor(instance, episode);
      await store.episodes.start(episode.id, info.serial);
      await store.devices.leased({ runId, device: info, token: lease.token, episodeId: episode.id });
      const ref = refOf(episode, lease);
      this.#emit({ type: "episode-started", goal: instance.goal, ...ref });
      const outcome = await this.#play({ episode, instance, lease, ref, agent });
      const blamesTask = this.#setUps.blamesTask(outcome, instance);
      failure = "error" in outcome && !blamesTask ? outcome.error : undefined;
      const error = endOf(outcome);
      const why = error === undefined ? {} : { error: errorReport(error) };
      this.#emit({ type: "episode-ended", state: outcome.state, steps: outcome.steps, ...why, ...ref });
      this.#watch(outcome);
      await store.devices.released(episode.id, info);
      return { outcome, ref, blamesTask };
    } finally {
      await lease.release(failure);
    }
  }

  #play({ episode, instance, lease, ref, agent }: Playing): Promise<EpisodeOutcome> {
    const { store, apis = [], snapshot, modelWaitsMs } = this.#options;
    return runEpisode({
      episode,
      instance,
      device: lease.device,
      agent,
      apis,
      store,
      ...(snapshot === undefined ? {} : { snapshot }),
      stop: this.#stop.signal,
      onStep: (step) => {
        this.#steps++;
        this.#emit({ type: "step", ...ref, ...step });
      },
      keepAlive: () => lease.renew(),
      onModelFailure: (error, retryInMs) =>
        this.#emit({ type: "model-failed", error: errorReport(error), retryInMs, ...ref }),
      ...(modelWaitsMs === undefined ? {} : { modelWaitsMs }),
    });
  }

  /** Stops the run where going on would only burn the other episodes. */
  #watch(outcome: EpisodeOutcome): void {
    if (outcome.state === "interrupted") {
      if (outcome.error !== undefined) this.#stopRun(outcome.error);
      return;
    }
    // Devices that fail are the pool's to watch.
    if (deviceFailure(outcome) !== undefined) return;
    this.#errorsInARow = outcome.state === "error" ? this.#errorsInARow + 1 : 0;
    if (outcome.state === "error" && this.#errorsInARow === maxErrorsInARow) this.#stopRun(outcome.error);
  }

  #stopRun(error?: AndroidGenError): void {
    this.#error ??= error;
    if (this.#stop.signal.aborted) return;
    this.#emit({ type: "run-stopping", ...(error === undefined ? {} : { error: errorReport(error) }) });
    this.#stop.abort(new Error("the run is stopping"));
  }

  async #conclude(logged: Promise<void>): Promise<void> {
    const { store, runId } = this.#options;
    try {
      await logged;
      const open = (await store.episodes.latest(runId)).some(
        ({ state }) => state === "pending" || state === "interrupted" || state === "running",
      );
      const message = this.#error?.message ?? "It was interrupted.";
      const stop = { code: this.#error?.code ?? "INTERRUPTED", message };
      await (open ? store.runs.setState(runId, "stopped", stop) : store.runs.setState(runId, "finished"));
    } catch (error) {
      // A full disk that stopped the run also refuses this: the first error is the one to report.
      this.#error ??= asEpisodeError(error);
    }
  }
}

/** What ended an attempt before its agent did. */
function endOf(outcome: EpisodeOutcome): AndroidGenError | undefined {
  if ("cutShort" in outcome) return outcome.cutShort;
  return "error" in outcome ? outcome.error : undefined;
}

/** The failure that another device may not have. */
function deviceFailure(outcome: EpisodeOutcome): AndroidGenError | undefined {
  return outcome.state === "error" && outcome.error.class === "infra" ? outcome.error : undefined;
}

function refOf(episode: StoredEpisode, lease: Lease): EpisodeRef {
  return {
    episode: episode.id,
    instance: episode.instanceId,
    sample: episode.sample,
    attempt: episode.attempt,
    device: lease.name,
  };
}
