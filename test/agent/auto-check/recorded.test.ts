import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createAutoCheck, type PastStep } from "../../../src/agent/index.ts";
import { importSources } from "../../../src/import/index.ts";
import type { Screen } from "../../../src/screen/index.ts";
import { openStore, type Store, type StoredStep } from "../../../src/store/index.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { fixtureTest } from "../../support/require.ts";

interface SeenStep extends StoredStep {
  screen: Screen;
}

/** What a real model did on real screens: good steps, but for those that are named. */
fixtureTest("androidgen-traces", (root) => {
  let store: Store;
  const traces: { goal: string; steps: SeenStep[] }[] = [];

  beforeAll(async () => {
    store = await openStore(path.join(await newFolder(), "traces.db"));
    const { runs } = await importSources(store, { sources: [root] });
    for (const run of runs) {
      const goals = new Map((await store.runs.instances(run)).map(({ id, goal }) => [id, goal]));
      for (const { id, instanceId } of await store.episodes.list(run)) {
        const steps = await store.steps.list(id);
        const screens = await Promise.all(
          steps.map(({ screenId }) => store.screens.load(screenId, { image: false })),
        );
        traces.push({
          goal: goals.get(instanceId)!,
          steps: steps.map((step, i) => ({ ...step, screen: screens[i]! })),
        });
      }
    }
  });

  afterAll(async () => {
    await store.close();
    await removeFolders();
  });

  const past = ({ number, screen, response, action, refusal }: SeenStep): PastStep => ({
    number,
    screen,
    response,
    ...(action === undefined ? {} : { action }),
    ...(refusal === undefined ? {} : { refusal }),
  });

  /** `GOAL, step N: RULE` for each thing AutoCheck says. */
  function said(look: (steps: readonly SeenStep[], i: number) => { rule: string } | undefined): string[] {
    return traces.flatMap(({ goal, steps }) =>
      steps.flatMap((step, i) => {
        const rule = look(steps, i)?.rule;
        return rule === undefined ? [] : [`${goal.slice(0, 30)}, step ${step.number}: ${rule}`];
      }),
    );
  }

  describe("real steps", () => {
    test("are all there", () => {
      expect(traces.flatMap(({ steps }) => steps)).toHaveLength(42);
    });

    test("meet no objection", () => {
      const check = createAutoCheck();
      const objections = said((steps, i) => {
        const { action, screen, plan } = steps[i]!;
        if (action === undefined) return undefined;
        const history = steps.slice(0, i).map(past);
        const observation = { goal: "", screen, history, apps: [], stepsLeft: 9 };
        return check.before({ ok: true, action, thought: "", code: "" }, observation, plan);
      });
      expect(objections).toEqual([]);
    });

    test("are found to have done what they should, but for two that did nothing", () => {
      const check = createAutoCheck();
      const findings = said((steps, i) => {
        const next = steps[i + 1];
        return next && check.after({ screen: next.screen, history: steps.slice(0, i + 1).map(past) });
      });
      // An empty canvas was cleared, and a way of travelling chosen that was chosen already.
      expect(findings).toEqual([
        "Create a new drawing in Simple, step 2: screen-changed",
        "Search for Cinemark Century Mo, step 5: screen-changed",
      ]);
    });
  });
});
