import { type AgentSpec, defaultAgentSpec } from "../../agent/index.ts";
import { allowed } from "../../api/index.ts";
import { configError } from "../../errors.ts";
import { isComplete, planReplay, planRun, type RunResult, summarise } from "../../run/index.ts";
import { openStore, type Store, type StoredRun } from "../../store/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import { declaredApis, withPermissions } from "../agent/apis.ts";
import { chosenAgent, requireMakeable, sameAgent } from "../agent/choose.ts";
import { namedEmbedder, withEmbedder } from "../agent/embeddings.ts";
import type { RunOptions } from "../commands/run.ts";
import { chooseModels } from "../model.ts";
import { print } from "../output.ts";
import { play } from "./play.ts";
import { report } from "./report.ts";
import {
  askedAsBefore,
  behaviourOf,
  budgetOf,
  requireSameFiles,
  type RunBehaviour,
  settingsOf,
} from "./settings.ts";

/** `androidgen run`: plans a run, or takes up a stopped one, and carries it out. */
export async function run(suite: string | undefined, options: RunOptions): Promise<void> {
  if ([suite, options.resume, options.replay].filter((one) => one !== undefined).length !== 1) {
    throw configError(
      "RUN_ARGUMENTS",
      "name a suite, such as tasks/everyday.yaml, or a run with --resume or --replay",
    );
  }
  if (options.resume !== undefined) {
    leaveOut(options, "--resume", ["only", "instances", "samples", "seed"]);
    return await resume(options.resume, options);
  }
  if (options.replay !== undefined) leaveOut(options, "--replay", ["instances", "samples", "seed"]);
  await begin(suite, options);
}

/** The tasks of a recorded run are what they are. */
function leaveOut(
  options: RunOptions,
  by: string,
  names: readonly ("only" | "instances" | "samples" | "seed")[],
): void {
  const given = names.filter((name) => options[name] !== undefined).map((name) => `--${name}`);
  if (given.length === 0) return;
  throw configError(
    "RUN_ARGUMENTS",
    `the run named by ${by} has its tasks already; leave out ${given.join(", ")}`,
  );
}

/** What can be wrong with the arguments is found before anything is written. */
async function begin(suite: string | undefined, options: RunOptions): Promise<void> {
  const loaded = suite === undefined ? undefined : await loadSuite(suite);
  const declared = await declaredApis(options.apis);
  const agent = chosenAgent(withPermissions(options, declared), loaded);
  requireMakeable(agent);
  const models = asksModel(agent) ? await chooseModels(options) : undefined;
  const embedder = await namedEmbedder(options.embeddings);
  try {
    const behaviour: RunBehaviour = {
      agent: withEmbedder(agent, embedder),
      driver: options.driver ?? "adb",
      ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
      ...(models === undefined ? {} : { models }),
      ...(declared.own === undefined ? {} : { ownApis: declared.own }),
      budget: budgetOf(options),
    };
    const store = await openStore(options.db, { existing: loaded === undefined });
    try {
      const apis = allowed(declared.apis, agent.apis);
      await play({
        store,
        options,
        behaviour,
        apis,
        embedder,
        plan: () => plan(store, loaded, options, behaviour),
      });
    } finally {
      await store.close();
    }
  } finally {
    await embedder?.close();
  }
}

async function plan(
  store: Store,
  suite: TaskSuite | undefined,
  options: RunOptions,
  behaviour: RunBehaviour,
): Promise<StoredRun> {
  const { only, instances = 1, samples = 1, seed = 1, replay } = options;
  const chosen = only === undefined ? {} : { only };
  const settings = settingsOf(behaviour);
  if (suite === undefined) return planReplay(store, { runId: replay!, ...chosen, settings });
  return planRun(store, { suite, ...chosen, instances, samples, seed, settings });
}

async function resume(id: string, options: RunOptions): Promise<void> {
  const store = await openStore(options.db, { existing: true });
  try {
    const stopped = await store.runs.get(id);
    if (stopped.settings["imported"] !== undefined) {
      throw configError(
        "RUN_IMPORTED",
        `run ${id} holds recordings that were imported, and nothing that could be carried out; ` +
          "androidgen import SOURCE takes in what is still missing",
      );
    }
    const before = behaviourOf(stopped);
    const declared = await declaredApis(options.apis);
    const agent = sameAgent(before.agent, withPermissions(options, declared));
    if (stopped.state === "finished" && (await isComplete(store, id))) {
      return await reportFinished(store, id, options);
    }
    const asked = { ...options, ...askedAsBefore(options, stopped) };
    const models = asksModel(agent) ? await chooseModels(asked) : undefined;
    const embedder = await namedEmbedder(options.embeddings);
    try {
      requireSameFiles(
        stopped,
        declared.own,
        withEmbedder(defaultAgentSpec(agent.kind), embedder).expSearch.by,
      );
      const behaviour: RunBehaviour = {
        ...before,
        agent,
        // A resumed run keeps its driver, unless told otherwise: what devices show may differ between them.
        ...(options.driver === undefined ? {} : { driver: options.driver }),
        // A run that was planned with a snapshot no device has can go on with another.
        ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
        ...(models === undefined ? {} : { models }),
        budget: budgetOf(asked),
      };
      const apis = allowed(declared.apis, agent.apis);
      await play({
        store,
        options: asked,
        behaviour,
        apis,
        embedder,
        resumed: stopped,
        plan: async () => stopped,
      });
    } finally {
      await embedder?.close();
    }
  } finally {
    await store.close();
  }
}

function asksModel({ kind }: AgentSpec): boolean {
  return kind !== "human" && kind !== "replay";
}

async function reportFinished(store: Store, runId: string, options: RunOptions): Promise<void> {
  if (options.json !== true) print(`run ${runId} is finished: nothing is left to be done`);
  const result: RunResult = { summary: await summarise(store, runId), steps: 0, seconds: 0 };
  report(store, { ...result, interrupted: false }, options);
}
