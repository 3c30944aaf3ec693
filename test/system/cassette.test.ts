import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { createModelLayer, openCassette } from "../../src/llm/index.ts";
import { openStore } from "../../src/store/index.ts";
import { androidgen, lastJson, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { recordsOf } from "../support/run-records.ts";
import { says, startEndpoint } from "../support/model-endpoint.ts";

let sim: RunningSim;

beforeAll(async () => {
  sim = await startSim(["--devices", "2"]);
}, 60_000);

afterAll(() => sim.close());
afterEach(removeFolders);

const task = ["tasks/demo.yaml", "--only", "wifi", "brightness", "open-app", "--snapshot", "clean", "--json"];

async function recordsIn(db: string, run: string) {
  const store = await openStore(db, { readonly: true });
  try {
    return await recordsOf(store, run);
  } finally {
    await store.close();
  }
}

async function run(tape: string, mode: string, model: readonly string[]) {
  const db = path.join(await newFolder(), "androidgen.db");
  const cassette = ["--cassette", tape, "--cassette-mode", mode];
  const where = ["--db", db, "--adb-port", String(sim.adb.port)];
  const result = await androidgen(["run", ...task, ...where, ...cassette, ...model], {
    env: { OPENAI_API_KEY: "sk-never-on-a-tape" },
  });
  return { db, result };
}

test("a run is recorded over the command line, and played again without a model", async () => {
  const tape = path.join(await newFolder(), "tapes", "demo.jsonl");
  const model = ["--base-url", sim.model.baseUrl, "--model", sim.model.model];
  const recorded = await run(tape, "record", model);
  expect(recorded.result).toMatchObject({ code: 0 });
  const first = lastJson(recorded.result) as { run: string; calls: number };
  const text = await readFile(tape, "utf8");
  expect(text.trimEnd().split("\n")).toHaveLength(1 + first.calls);
  expect(text).not.toContain("sk-never-on-a-tape");

  const played = await run(tape, "strict", []);
  expect(played.result).toMatchObject({ code: 0 });
  const second = lastJson(played.result) as { run: string; calls: number };
  expect(await recordsIn(played.db, second.run)).toEqual(await recordsIn(recorded.db, first.run));
  expect(await readFile(tape, "utf8")).toBe(text);
}, 120_000);

test("a tape that is not there ends the command with 2 and the mend", async () => {
  const tape = path.join(await newFolder(), "tape.jsonl");
  const none = await run(tape, "strict", []);
  expect(none.result).toMatchObject({ code: 2, stderr: expect.stringContaining("CASSETTE_NOT_FOUND") });
}, 60_000);

test("a key that an endpoint echoes is on no tape", async () => {
  const key = "sk-echoed-by-the-endpoint";
  const endpoint = await startEndpoint(says(`Your key is ${key}.`, { message: { reasoning_content: key } }));
  const tape = path.join(await newFolder(), "tape.jsonl");
  const cassette = await openCassette(tape, "record");
  const role = { use: [{ endpoint: "a", model: "m" }] };
  const layer = createModelLayer(
    {
      endpoints: {
        a: {
          baseUrl: endpoint.baseUrl,
          keyEnv: "KEY",
          timeoutSeconds: 5,
          thinkingStyle: "none",
        },
      },
      roles: { policy: role, planner: role, critic: role },
      prices: {},
    },
    { env: { KEY: key }, wrap: (model) => cassette.wrap(model) },
  );
  try {
    const reply = await layer.model.complete({ role: "policy", messages: [{ role: "user", content: "hi" }] });
    expect(reply.text).not.toContain(key);
  } finally {
    await layer.close();
    await cassette.close();
    await endpoint.close();
  }
  const taped = await readFile(tape, "utf8");
  expect(taped).toContain("Your key is ");
  expect(taped).not.toContain(key);
});
