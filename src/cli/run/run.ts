import { assertRules } from "../../agent/index.ts";
import { configError } from "../../errors.ts";
import type { ModelLayer } from "../../llm/index.ts";
import { isComplete, planReplay, planRun, type RunResult, summarise } from "../../run/index.ts";
import { openStore, type Store, type StoredRun } from "../../store/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import { chosenAgent, sameAgent } from "../agent/choose.ts";
import type { RunOptions } from "../commands/run.ts";
import { adbAddress } from "../connect.ts";
import { ATTEMPTS_IN_RUN, chooseModels, openModelLayer } from "../model.ts";
import { print } from "../output.ts";
import { allowedApis } from "./apis.ts";
import { carryOut, readyDevices } from "./carry-out.ts";
import { withDriver } from "./driver.ts";
import { openPerson, type Person } from "./person.ts";
import { jsonProgress, outputProgress, plainProgress, type Progress } from "./progress.ts";
import { report } from "./report.ts";
import { askedAsBefore, behaviourOf, budgetOf, type RunBehaviour, settingsOf } from "./settings.ts";

/** `androidgen run`: plans a run, or takes up a stopped one, and carries it out. */
export async function run(suite: string | undefined, options: RunOptions): Promise<void> {
  if ([suite, options.resume, options.replay].filter((one) => one !== undefined).length !== 1) {
    throw configError(
      "RUN_ARGUMENTS",
      "name a suite, such as tasks/everyday.yaml, or a run with --resume or --replay",
    );
  }
  // What can be wrong with the arguments is found before anything is written.
  if (options.resume !== undefined) return await resume(options.resume, options);
  const loaded = suite === undefined ? undefined : await loadSuite(suite);
  const agent = chosenAgent(options, loaded);
  assertRules(agent.rulesOff);
  await allowedApis(agent);
  const models = asksModel(agent) ? await chooseModels(options) : undefined;
  const store = await openStore(options.db, { existing: loaded === undefined });
  try {
    await play(store, options, {
      behaviour: {
        agent,
        driver: options.driver ?? "adb",
        ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
        ...(models === undefined ? {} : { models }),
        budget: budgetOf(options),
      },
      plan: (behaviour) => plan(store, loaded, options, behaviour),
    });
  } finally {
    await store.close();
  }
}

async function resume(id: string, options: RunOptions): Promise<void> {
  const store = await openStore(options.db, { existing: true });
  try {
    const stopped = await store.runs.get(id);
    const before = behaviourOf(stopped);
    const agent = sameAgent(before.agent, options);
    if (stopped.state === "finished" && (await isComplete(store, id))) {
      return await reportFinished(store, id, options);
    }
    const asked = askedAsBefore(options, stopped);
    await play(
      store,
      { ...options, ...asked },
      {
        behaviour: {
          ...before,
          agent,
          // A resumed run keeps its driver, unless told otherwise: what devices show may differ between them.
          ...(options.driver === undefined ? {} : { driver: options.driver }),
          // A run that was planned with a snapshot no device has can go on with another.
          ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
          ...(asksModel(agent) ? { models: await chooseModels(asked) } : {}),
          budget: budgetOf(asked),
        },
        plan: async () => stopped,
      },
    );
  } finally {
    await store.close();
  }
}

interface Play {
  behaviour: RunBehaviour;
  /** Writes the run once devices and drivers are known to be there, or gives the one that goes on. */
  plan: (behaviour: RunBehaviour) => Promise<StoredRun>;
}

async function play(store: Store, options: RunOptions, { behaviour, plan: planned }: Play): Promise<void> {
  const { agent, driver: name, snapshot } = behaviour;
  const adb = adbAddress(options);
  const devices = options.device ?? (await readyDevices(adb));
  if (agent.kind === "human" && new Set(devices).size > 1) {
    throw configError(
      "AGENT_DEVICES",
      `a person works on one device; name it, such as: --device ${devices[0]}`,
    );
  }
  const choice = {
    driver: name,
    ...(options.appiumUrl === undefined ? {} : { appiumUrl: options.appiumUrl }),
  };
  const result = await withDriver({ ...choice, adb }, async (driver, signal) => {
    const person = agent.kind === "human" ? await openPerson(signal) : undefined;
    try {
      const { id } = await planned(behaviour);
      const models = behaviour.models === undefined ? undefined : await modelsOf(store, id, options);
      try {
        return await carryOut({
          store,
          runId: id,
          agent,
          ...(models === undefined ? {} : { models }),
          ...(person === undefined ? {} : { ask: person.ask }),
          ...(snapshot === undefined ? {} : { snapshot }),
          driver,
          devices,
          progress: await progressOf(options, person),
          signal,
        });
      } finally {
        await models?.close();
      }
    } finally {
      person?.close();
    }
  });
  report(store, result, options, behaviour.budget);
}

/** Its budget begins with what earlier processes of the run have spent. */
async function modelsOf(store: Store, runId: string, options: RunOptions): Promise<ModelLayer> {
  return openModelLayer(options, { spent: await store.calls.usage(runId), maxAttempts: ATTEMPTS_IN_RUN });
}

/** Where a person types, no table is drawn over what they read. */
async function progressOf(options: RunOptions, person: Person | undefined): Promise<Progress> {
  if (options.json === true) return jsonProgress(process.stdout);
  return person === undefined ? outputProgress(process.stdout) : plainProgress(process.stdout);
}

async function plan(
  store: Store,
  suite: TaskSuite | undefined,
  options: RunOptions,
  behaviour: RunBehaviour,
): Promise<StoredRun> {
  const { only, instances, samples, seed, replay } = options;
  const chosen = only === undefined ? {} : { only };
  const settings = settingsOf(behaviour);
  if (suite === undefined) return planReplay(store, { runId: replay!, ...chosen, settings });
  return planRun(store, { suite, ...chosen, instances, samples, seed, settings });
}

function asksModel({ kind }: RunBehaviour["agent"]): boolean {
  return kind !== "human" && kind !== "replay";
}

async function reportFinished(store: Store, runId: string, options: RunOptions): Promise<void> {
  if (options.json !== true) print(`run ${runId} is finished: nothing is left to be done`);
  const result: RunResult = { summary: await summarise(store, runId), steps: 0, seconds: 0 };
  report(store, { ...result, interrupted: false }, options);
}
