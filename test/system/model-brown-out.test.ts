import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { androidGenCode } from "../../src/action/index.ts";
import { createAndroidGenAgent } from "../../src/agent/index.ts";
import { fastClock } from "../../src/llm/clock.ts";
import { createModelLayer, type ModelEvent, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun, type RunEvent } from "../../src/run/index.ts";
import { openStore } from "../../src/store/index.ts";
import { bookPlan, bookPool } from "../support/book.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type Answer, fails, hangs, says, startEndpoint } from "../support/model-endpoint.ts";

afterEach(() => removeFolders());

/** Ten minutes, in a two-hundredth of the time. */
const speed = 200;
const brownOutMs = (10 * 60_000) / speed;
/** Those of a run, in the same proportion. */
const modelWaitsMs = [2, 5, 15, 30, 60, 120, 300, 300].map((seconds) => (seconds * 1000) / speed);

test("ten minutes of 503s and hangs, in the middle of a run on four devices, lose no episode", async () => {
  const store = await openStore(path.join(await newFolder(), "run.db"));
  const turnPage: Answer = says('Analysis: on.\nOperation:\n```\ndo(action="Click", element_id="1")\n```');
  const finish: Answer = says('Analysis: there.\nOperation:\n```\nexit(message="Done")\n```');
  let failing = false;
  let failed = 0;
  const endpoint = await startEndpoint((response, body) => {
    if (failing) {
      failed++;
      (failed % 3 === 0 ? hangs : fails(503, "overloaded"))(response, body);
      return;
    }
    const prompt = JSON.stringify(body.messages.at(-1));
    const goal = /Go to page (\d+)/u.exec(prompt)?.[1];
    const shown = [...prompt.matchAll(/Page (\d+)/gu)].at(-1)?.[1];
    (goal === shown ? finish : turnPage)(response, body);
  });
  const events: ModelEvent[] = [];
  const layer = createModelLayer(oneModel({ baseUrl: endpoint.baseUrl, model: "m", timeoutSeconds: 0.3 }), {
    maxAttempts: 3,
    clock: fastClock(speed),
    onEvent: (event) => events.push(event),
  });
  const pool = bookPool(["a", "b", "c", "d"]);
  let over: NodeJS.Timeout | undefined;
  const onEvent = (event: RunEvent): void => {
    if (event.type !== "step" || over !== undefined) return;
    failing = true;
    over = setTimeout(() => (failing = false), brownOutMs);
  };
  try {
    const run = await planRun(store, bookPlan([2, 3, 4, 5], { samples: 2 }));
    const { summary, error } = await executeRun({
      store,
      runId: run.id,
      pool,
      agentFor: () =>
        createAndroidGenAgent({
          model: layer.model,
          codec: androidGenCode,
          modules: { expSearch: false, reflectPlan: false, autoCheck: true },
        }),
      modelWaitsMs,
      onEvent,
    });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({ state: "finished", succeeded: 8, errors: 0, open: 0 });
    expect((await store.episodes.list(run.id)).map(({ attempt }) => attempt)).toEqual(Array(8).fill(1));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["circuit-opened", "circuit-closed"]),
    );
    expect(failed).toBeGreaterThan(5);
    // Four devices left it alone: without the circuit each would have tried three times in each of its nine rounds.
    expect(failed).toBeLessThan(4 * 3 * 9);
  } finally {
    clearTimeout(over);
    await layer.close();
    await endpoint.close();
    await pool.close();
    await store.close();
  }
});
