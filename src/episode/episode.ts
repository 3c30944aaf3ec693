import type { Action, OfferedApi } from "../action/index.ts";
import type { Agent, Decision, Observation, PastStep, Refusal } from "../agent/index.ts";
import { type AppApi, offered } from "../api/index.ts";
import type { Device, InstalledApp } from "../device/index.ts";
import { AndroidGenError, configError } from "../errors.ts";
import type { RecordedCall } from "../llm/index.ts";
import type { Screen } from "../screen/index.ts";
import type { EpisodeEnd, Store, StoredEpisode } from "../store/index.ts";
import { CHECKS_VERSION, runChecks, setUpTask, type TaskInstance } from "../task/index.ts";
import { carryOut, type Carried } from "./carry-out.ts";
import { startClock } from "./clock.ts";
import { decide, modelWaitsMs } from "./decide.ts";
import { asEpisodeError, type EpisodeOutcome, spentEpisodeBudget, stopsRun } from "./outcome.ts";

export interface EpisodeOptions {
  /** A running attempt: it was started in the store. */
  episode: StoredEpisode;
  instance: TaskInstance;
  device: Device;
  /** Made for this episode alone. */
  agent: Agent;
  /** App interfaces that the user allows; those that the device can take are offered to the agent. */
  apis?: readonly AppApi[];
  store: Store;
  /** Loaded before the set-up where given; otherwise the device goes to its home screen. */
  snapshot?: string;
  /** The step in flight is finished and recorded, then the episode is left `interrupted`. */
  stop: AbortSignal;
  onStep?: (step: StepReport) => void;
  /** Called while the episode holds its device without using it. */
  keepAlive?: () => void;
  /** The model endpoint failed; it is asked again after the wait. */
  onModelFailure?: (error: AndroidGenError, waitMs: number) => void;
  /** Waits between tries when the model endpoint fails; `modelWaitsMs` without it. */
  modelWaitsMs?: readonly number[];
}

/** A step that was recorded. Times are milliseconds. */
export interface StepReport {
  number: number;
  action?: Action;
  refusal?: Refusal;
  deviceMs: number;
  modelMs: number;
  /** Agent, parsing and waiting for files, without the record below. */
  ownMs: number;
  recordMs: number;
}

/**
 * Carries one attempt through: reset, set-up, steps until the agent finishes or its budget is used up, of steps or of
 * model calls, then the checks on the screen as the agent left it. Success means that all checks pass and the agent
 * said so. Calls of app interfaces are carried out here, and only those that are allowed; the device does the rest.
 * What the agent finds wrong with an action once it sees the next screen is told in the history from then on.
 * Every model call is recorded, also of a round that breaks off.
 * It never throws: whatever happens is recorded as far as the store still can, and returned.
 */
export async function runEpisode(options: EpisodeOptions): Promise<EpisodeOutcome> {
  const loop: Loop = {
    ...options,
    history: [],
    calls: [],
    apps: [],
    packages: {},
    offered: [],
    waits: options.modelWaitsMs ?? modelWaitsMs,
  };
  try {
    await prepare(loop);
    const finish = await takeSteps(loop);
    if (finish === "stopped") return await abandon(loop, "interrupted");
    return await conclude(loop, AndroidGenError.isInstance(finish) ? { cutShort: finish } : { finish });
  } catch (thrown) {
    const error = asEpisodeError(thrown);
    return await abandon(loop, stopsRun(error) ? "interrupted" : "error", error);
  }
}

interface Loop extends EpisodeOptions {
  readonly history: PastStep[];
  /** Of the round under way, until its step is recorded. */
  calls: RecordedCall[];
  readonly waits: readonly number[];
  /** Names of the apps that can be opened, once the device was asked. */
  apps: readonly string[];
  packages: Readonly<Record<string, string>>;
  offered: readonly OfferedApi[];
  /** The last answer the agent gave. */
  answer?: string;
}

type Finish = Extract<Action, { type: "finish" }>;

async function prepare({ device, snapshot, instance }: Loop): Promise<void> {
  if (snapshot === undefined) {
    await device.perform({ type: "press", key: "home" }, await device.screen());
  } else if (device.snapshots === undefined) {
    throw configError(
      "NO_SNAPSHOTS",
      `Device ${device.info.serial} cannot load the snapshot "${snapshot}": it has no emulator console. ` +
        "Run without --snapshot, or use emulators.",
    );
  } else {
    await device.snapshots.load(snapshot);
  }
  await setUpTask(device, instance);
}

/** Gives the agent's last action, the budget error that cut it short, or nothing where its steps are used up. */
async function takeSteps(loop: Loop): Promise<Finish | AndroidGenError | "stopped" | undefined> {
  const installed = await loop.device.apps();
  loop.apps = installed.map((app) => app.name);
  loop.packages = packagesByName(installed);
  loop.offered = offered(loop.apis ?? [], installed);
  try {
    for (let number = 1; number <= loop.instance.budget; number++) {
      if (loop.stop.aborted) return "stopped";
      const action = await takeStep(loop, number);
      if (action === "stopped") return action;
      if (action?.type === "answer") loop.answer = action.text;
      if (action?.type === "finish") return action;
    }
  } catch (error) {
    if (!spentEpisodeBudget(error)) throw error;
    return error;
  }
  return undefined;
}

/** A name that two apps have says nothing of either. */
function packagesByName(installed: readonly InstalledApp[]): Record<string, string> {
  const only = installed.filter(({ name }) => installed.filter((app) => app.name === name).length === 1);
  return Object.fromEntries(only.map((app) => [app.name, app.package]));
}

/** One step, recorded. Returns what was done; undefined where it was refused. */
async function takeStep(loop: Loop, number: number): Promise<Action | "stopped" | undefined> {
  const { device, store, episode, history } = loop;
  const clock = startClock();
  const screen = await clock.device(() => device.screen());
  const [decision, saved] = await together(
    decide(loop.agent, observe(loop, screen, number), {
      waitsMs: loop.waits,
      stop: loop.stop,
      keepAlive: loop.keepAlive ?? (() => {}),
      onFailure(error, waitMs) {
        clock.waitsForModel(waitMs);
        loop.onModelFailure?.(error, waitMs);
      },
    }),
    // The screen's files are written while the agent thinks.
    store.screens.save(screen),
  );
  if (decision === undefined) return "stopped";

  const last = history.at(-1);
  if (decision.finding !== undefined && last !== undefined) {
    history[history.length - 1] = { ...last, finding: decision.finding };
  }
  const [outcome, calls] = await together(
    clock.device(() => carryOut(device, loop.apis ?? [], decision, screen)),
    // Those of the prompts, while the device acts.
    store.calls.save(loop.calls),
  );
  const times = clock.stop(loop.calls);
  const recording = performance.now();
  await store.steps.record({
    episodeId: episode.id,
    number,
    screen: saved,
    decision,
    calls,
    ...outcome,
    ...times,
  });
  loop.calls = [];
  history.push(pastStep(number, screen, decision, outcome));
  const action = decision.action === undefined ? {} : { action: decision.action };
  const refusal = outcome.refusal === undefined ? {} : { refusal: outcome.refusal };
  loop.onStep?.({ number, ...action, ...refusal, ...times, recordMs: performance.now() - recording });
  return outcome.refusal === undefined ? decision.action : undefined;
}

function observe(loop: Loop, screen: Screen, number: number): Observation {
  const { instance, episode, history, apps, packages, calls } = loop;
  return {
    goal: instance.goal,
    templateId: instance.templateId,
    screen,
    history,
    apps,
    packages,
    apis: loop.offered,
    stepsLeft: instance.budget - number + 1,
    calls,
    seed: episode.seed,
  };
}

/** Both results, or an error once both have ended: nothing goes on behind the episode's back. */
async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function pastStep(number: number, screen: Screen, decision: Decision, carried: Carried): PastStep {
  // Pictures of past screens are left out: 30 steps of a phone's screenshots on each of many devices do not
  // fit into memory.
  const { image: _, ...seen } = screen;
  return {
    number,
    screen: seen,
    response: decision.response,
    ...(decision.action === undefined ? {} : { action: decision.action }),
    ...carried,
  };
}

/** What a round cost that came to no step. */
async function recordBrokenRound(loop: Loop): Promise<void> {
  await loop.store.calls.record(loop.episode.id, loop.calls);
  loop.calls = [];
}

async function conclude(
  loop: Loop,
  { finish, cutShort }: { finish?: Finish | undefined; cutShort?: AndroidGenError },
): Promise<EpisodeOutcome> {
  await recordBrokenRound(loop);
  const { device, store, instance, episode } = loop;
  const answer = loop.answer ?? (finish?.message === "" ? undefined : finish?.message);
  const screen = await device.screen();
  const checks = await runChecks(device, instance, screen, answer);
  const success = finish?.status === "complete" && checks.every((check) => check.passed);
  const end: EpisodeEnd = {
    success,
    ...(finish === undefined ? {} : { finishStatus: finish.status }),
    ...(answer === undefined ? {} : { answer }),
    finalScreen: await store.screens.save(screen),
    apps: loop.apps,
    apis: loop.offered,
    checkVersion: CHECKS_VERSION,
    checks,
    ...(cutShort === undefined ? {} : { cutShort }),
  };
  await store.episodes.finish(episode.id, end);
  const steps = loop.history.length;
  return { state: success ? "succeeded" : "failed", steps, ...(cutShort === undefined ? {} : { cutShort }) };
}

async function abandon(
  loop: Loop,
  state: "error" | "interrupted",
  error?: AndroidGenError,
): Promise<EpisodeOutcome> {
  const steps = loop.history.length;
  try {
    await recordBrokenRound(loop);
    await loop.store.episodes.abandon(loop.episode.id, state, error);
  } catch (thrown) {
    // The record stays `running`, which a resume takes up like an episode of a killed process.
    return { state: "interrupted", steps, error: error ?? asEpisodeError(thrown) };
  }
  if (state === "error") return { state, steps, error: error! };
  return { state, steps, ...(error === undefined ? {} : { error }) };
}
