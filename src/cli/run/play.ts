import type { AppApi } from "../../api/index.ts";
import { configError } from "../../errors.ts";
import type { Embedder, ModelLayer, ModelLayerOptions } from "../../llm/index.ts";
import type { Store, StoredRun } from "../../store/index.ts";
import { experiencesOf } from "../agent/embeddings.ts";
import type { RunOptions } from "../commands/run.ts";
import { adbAddress } from "../connect.ts";
import { ATTEMPTS_IN_RUN, openModelLayer } from "../model.ts";
import { toGoOn } from "../to-go-on.ts";
import { carryOut, readyDevices } from "./carry-out.ts";
import { type Driver, withDriver } from "./driver.ts";
import { openPerson, type Person } from "./person.ts";
import { jsonProgress, outputProgress, plainProgress, type Progress } from "./progress.ts";
import { report } from "./report.ts";
import { resumeCommand } from "./resume-hint.ts";
import type { RunBehaviour } from "./settings.ts";

export interface Play {
  store: Store;
  options: RunOptions;
  behaviour: RunBehaviour;
  /** App interfaces that the agent may call. */
  apis: readonly AppApi[];
  /** Finds ExpSearch's examples; their words do without one. */
  embedder?: Embedder | undefined;
  /** The run that goes on. */
  resumed?: StoredRun;
  /** Writes a run, or gives the one that goes on. */
  plan: () => Promise<StoredRun>;
}

/** Writes the run once devices, driver and models are known to be there, carries it out, and says what became of it. */
export async function play(played: Play): Promise<void> {
  const { store, options, behaviour } = played;
  const { agent, driver } = behaviour;
  const adb = adbAddress(options);
  const devices = options.device ?? (await readyDevices(adb));
  if (agent.kind === "human" && new Set(devices).size > 1) {
    throw configError(
      "AGENT_DEVICES",
      `a person works on one device; name it, such as: --device ${devices[0]}`,
    );
  }
  const { appiumUrl } = options;
  const result = await withDriver(
    { driver, ...(appiumUrl === undefined ? {} : { appiumUrl }), adb },
    async (opened, signal) => {
      const person = agent.kind === "human" ? await openPerson(signal) : undefined;
      const progress = await progressOf(options, person);
      try {
        return await playOn(played, { driver: opened, devices, person, progress, signal });
      } finally {
        progress.close();
        person?.close();
      }
    },
  );
  report(store, result, options, behaviour.budget);
}

interface Ready {
  driver: Driver;
  /** Serials. */
  devices: readonly string[];
  person: Person | undefined;
  progress: Progress;
  signal: AbortSignal;
}

async function playOn(played: Play, { person, ...ready }: Ready) {
  const { store, options, behaviour, apis, embedder, plan } = played;
  const { agent, snapshot } = behaviour;
  const experiences = await experiencesOf(store, embedder, ready.signal);
  const models = await modelsOf(played, ready.progress.listener);
  try {
    const { id } = await plan();
    try {
      return await carryOut({
        store,
        runId: id,
        agent,
        apis,
        experiences,
        ...(models === undefined ? {} : { models }),
        ...(person === undefined ? {} : { ask: person.ask }),
        ...(snapshot === undefined ? {} : { snapshot }),
        ...ready,
      });
    } catch (error) {
      // Who resumed it has just typed that command.
      if (played.resumed !== undefined) throw error;
      throw toGoOn(error, `The run is planned; when that is mended: ${resumeCommand(id, options)}`);
    }
  } finally {
    await models?.close();
  }
}

/** Absent where none is asked. Its budget begins with what earlier processes of the run have spent. */
async function modelsOf(
  { store, options, behaviour, resumed }: Play,
  onEvent: ModelLayerOptions["onEvent"],
): Promise<ModelLayer | undefined> {
  if (behaviour.models === undefined) return undefined;
  return openModelLayer(options, {
    ...(resumed === undefined ? {} : { spent: await store.calls.usage(resumed.id) }),
    ...(onEvent === undefined ? {} : { onEvent }),
    maxAttempts: ATTEMPTS_IN_RUN,
  });
}

/** Where a person types, no table is drawn over what they read. */
async function progressOf(options: RunOptions, person: Person | undefined): Promise<Progress> {
  if (options.json === true) return jsonProgress(process.stdout);
  return person === undefined ? outputProgress(process.stdout) : plainProgress(process.stdout);
}
