import { androidGenCode } from "../../src/action/index.ts";
import { agentSpecOf, createAndroidGenAgent, type PastStep } from "../../src/agent/index.ts";
import { scoreRun } from "../../src/critic/index.ts";
import type { ChatMessage, ChatModel, RecordedCall } from "../../src/llm/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import type { Store } from "../../src/store/index.ts";
import { pageTask } from "./fakes.ts";

export interface RecordOptions {
  /** Of the run; `pictures` shows the model the screens' pictures. */
  settings?: { pictures: boolean };
  /** Told of each request to the policy model. */
  onRequest?: (messages: readonly ChatMessage[]) => void;
  /** Scores the run with StepCritic as well. */
  critic?: ChatModel;
}

const onlyPolicy = { expSearch: false, reflectPlan: false, autoCheck: false };
const times = { startedAt: 1, endedAt: 2, deviceMs: 3, modelMs: 4, ownMs: 5 };

/**
 * Records and scores a run of one kept episode without a device: AndroidGen's agent taps on element 1 of each
 * screen, and ends the task on the last. Gives the run's id.
 */
export async function recordRun(
  store: Store,
  screens: readonly Screen[],
  { settings = { pictures: false }, onRequest, critic }: RecordOptions = {},
): Promise<string> {
  const instance = pageTask(1, 1, { budget: screens.length });
  const run = await store.runs.create({
    suite: { name: "book", sha256: "0" },
    seed: 1,
    samples: 1,
    settings,
    instances: [instance],
    episodes: [{ instanceId: instance.id, sample: 1, seed: 7 }],
  });
  const [episode] = await store.episodes.list(run.id);
  await store.episodes.start(episode!.id, "book-1");
  const history: PastStep[] = [];
  const model: ChatModel = {
    async complete({ messages }) {
      onRequest?.(messages);
      const last = history.length === screens.length - 1;
      const code = last ? 'exit(message="Done")' : 'do(action="Click", element_id="1")';
      const text = `Analysis: on.\nOperation:\n\`\`\`\n${code}\n\`\`\``;
      return {
        text,
        model: "fake",
        usage: { promptTokens: 1, completionTokens: 1 },
        latencyMs: 0,
        attempts: 1,
      };
    },
  };
  const { observe } = agentSpecOf(settings);
  const agent = createAndroidGenAgent({ model, codec: androidGenCode, modules: onlyPolicy, observe });
  for (const [i, screen] of screens.entries()) {
    const about = { goal: instance.goal, apps: ["Book"], stepsLeft: screens.length - i };
    const calls: RecordedCall[] = [];
    const decision = await agent.decide({ ...about, screen, history, calls });
    const saved = await store.screens.save(screen);
    const number = i + 1;
    await store.steps.record({
      episodeId: episode!.id,
      number,
      screen: saved,
      decision,
      calls: await store.calls.save(calls),
      ...times,
    });
    history.push({ number, screen, response: decision.response, action: decision.action! });
  }
  await store.episodes.finish(episode!.id, {
    success: true,
    finishStatus: "complete",
    finalScreen: await store.screens.save(screens.at(-1)!),
    apps: ["Book"],
    checkVersion: "checks.v1",
    checks: [{ passed: true, check: "page shown", found: "page shown" }],
  });
  await scoreRun(store, run.id, critic === undefined ? {} : { critic: { model: critic, name: "critic" } });
  return run.id;
}
