import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { androidGenCode } from "../../src/action/index.ts";
import { createAndroidGenAgent, formatPlan } from "../../src/agent/index.ts";
import { runEpisode } from "../../src/episode/index.ts";
import { type ChatModel, openCassette } from "../../src/llm/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import type { Store, StoredStep } from "../../src/store/index.ts";
import type { TaskInstance } from "../../src/task/index.ts";
import { recordedDevice, type RecordedDevice } from "../support/recorded-device.ts";
import { fixtureTest } from "../support/require.ts";
import { importFrom, newStore, removeStores } from "./support.ts";

/** An imported episode, ready to be lived through again. */
interface Trace {
  instance: TaskInstance;
  steps: StoredStep[];
  screens: Screen[];
  apps: string[];
}

let folder: string;
let store: Store;

beforeEach(async () => {
  ({ folder, store } = await newStore());
});

afterEach(removeStores);

async function importedTraces(source: string): Promise<Trace[]> {
  const { runs } = await importFrom(store, source);
  const instances = await store.runs.instances(runs[0]!);
  return Promise.all(
    (await store.episodes.list(runs[0]!)).map(async ({ id, instanceId }) => {
      const steps = await store.steps.list(id);
      const opened = steps.flatMap(({ action }) => (action?.type === "openApp" ? [action.app] : []));
      return {
        instance: instances.find((one) => one.id === instanceId)!,
        steps,
        screens: await Promise.all(steps.map(({ screenId }) => store.screens.load(screenId))),
        apps: [...new Set([...opened, "Settings"])],
      };
    }),
  );
}

/** Says what the recorded models said at the step that the device is at. */
function recordedModel({ steps }: Trace, device: RecordedDevice): ChatModel {
  return {
    async complete({ role }) {
      const step = steps[device.position]!;
      return {
        text: role === "planner" ? formatPlan(step.plan) : step.response,
        model: "recorded",
        usage: { promptTokens: 1, completionTokens: 1 },
        latencyMs: 1,
        attempts: 1,
      };
    },
  };
}

/** Lives through a trace with the agent, whole, and gives what it did. */
async function live(trace: Trace, wrap: (model: ChatModel) => ChatModel, model: "recorded" | "none") {
  const { instance, screens, apps } = trace;
  const run = await store.runs.create({
    suite: { name: "replay", sha256: "0" },
    seed: 1,
    samples: 1,
    settings: {},
    instances: [instance],
    episodes: [{ instanceId: instance.id, sample: 1, seed: 1 }],
  });
  const [episode] = await store.episodes.list(run.id);
  await store.episodes.start(episode!.id, "recorded");
  const device = recordedDevice(screens, apps);
  const outcome = await runEpisode({
    episode: episode!,
    instance,
    device,
    agent: createAndroidGenAgent({
      model: wrap(model === "recorded" ? recordedModel(trace, device) : noModel),
      codec: androidGenCode,
      modules: { expSearch: false, reflectPlan: true, autoCheck: true },
    }),
    store,
    stop: new AbortController().signal,
  });
  return { outcome, steps: await store.steps.list(episode!.id) };
}

const noModel: ChatModel = {
  complete: () => Promise.reject(new Error("the model was asked")),
};

const done = (steps: readonly StoredStep[]) =>
  steps.map(({ action, refusal, plan, response }) => ({ action, refusal, plan, response }));

fixtureTest("androidgen-traces", (root) => {
  test("the recorded replies, from a tape, lead the agent through the recorded screens by the recorded actions", async () => {
    const traces = await importedTraces(root);
    const tape = path.join(folder, "tape.jsonl");

    const recording = await openCassette(tape, "record");
    for (const trace of traces) await live(trace, (model) => recording.wrap(model), "recorded");
    await recording.close();

    const playing = await openCassette(tape, "strict");
    let actions = 0;
    for (const trace of traces) {
      const { outcome, steps } = await live(trace, (model) => playing.wrap(model), "none");
      expect(outcome).toEqual({ state: "succeeded", steps: trace.steps.length });
      expect(done(steps)).toEqual(done(trace.steps));
      actions += steps.length;
    }
    await playing.close();
    expect(actions).toBe(42);
  }, 60_000);
});
