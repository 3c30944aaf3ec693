import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { androidGenCode } from "../../src/action/index.ts";
import { createAndroidGenAgent } from "../../src/agent/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { executeRun, planRun, type RunResult } from "../../src/run/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { openDatabase } from "../../src/store/open.ts";
import { createStore } from "../../src/store/store.ts";
import { bookPlan, bookPool } from "../support/book.ts";
import { compileProgram } from "../support/compile.ts";
import { fakeAgent } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const cleanups: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await removeFolders();
});

const newDb = async () => path.join(await newFolder(), "run.db");

async function carryOn(store: Store, runId: string, agentFor = () => fakeAgent()): Promise<RunResult> {
  const pool = bookPool(["a", "b"]);
  try {
    return await executeRun({ store, runId, pool, agentFor, modelWaitsMs: [1] });
  } finally {
    await pool.close();
  }
}

describe("a full disk", () => {
  test("stops the run with a clear error, loses nothing, and lets it go on once there is room", async () => {
    const file = await newDb();
    const db = await openDatabase(file);
    const store = createStore(db, file);
    cleanups.push(() => store.close());
    const run = await planRun(store, bookPlan([3, 4, 5], { samples: 4 }));
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(db);
    const limitPages = (pages: number) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(db);
    await limitPages(rows[0]!.page_count + 6);

    const full = await carryOn(store, run.id);
    expect(full.error).toMatchObject({ code: "DISK_FULL", class: "config" });
    expect(full.error!.message).toContain(
      `The disk that holds ${file} is full. Nothing that was recorded is lost`,
    );
    const steps = await recordedSteps(store, run.id);
    expect(steps.length).toBeGreaterThan(0);
    // The database may be handed on: it does not say where it lay.
    for (const { error } of await store.episodes.list(run.id)) {
      expect(error?.message ?? "").not.toContain(path.dirname(file));
    }

    await limitPages(1_000_000);
    const { summary, error } = await carryOn(store, run.id);
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({ state: "finished", succeeded: 12, open: 0 });
    expect(await recordedSteps(store, run.id)).toEqual(expect.arrayContaining(steps));
    const check = await sql`PRAGMA integrity_check`.execute(db);
    expect(check.rows).toEqual([{ integrity_check: "ok" }]);
  });

  test("also one that only the operating system knows of", async () => {
    const file = await newDb();
    const store = await openStore(file);
    cleanups.push(() => store.close());
    const run = await planRun(store, bookPlan([3, 4, 5], { samples: 4 }));
    const program = await compileProgram("book-run");
    // No file may grow beyond 256 KB (`ulimit` counts blocks of 512 bytes): writes fail with EFBIG.
    const command = 'ulimit -f 512 && exec "$0" "$@"';
    const child = spawn("sh", ["-c", command, process.execPath, program, file, run.id]);
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(complaints).toMatch(/DB_IO_ERROR|DISK_FULL/);
    expect(complaints).toContain(file);
    const steps = await recordedSteps(store, run.id);
    expect((await carryOn(store, run.id)).summary).toMatchObject({ state: "finished", succeeded: 12 });
    expect(await recordedSteps(store, run.id)).toEqual(expect.arrayContaining(steps));
  });
});

async function recordedSteps(store: Store, runId: string): Promise<string[]> {
  const steps: string[] = [];
  for (const { id } of await store.episodes.list(runId)) {
    for (const { number } of await store.steps.list(id)) steps.push(`${id} ${number}`);
  }
  return steps;
}

test("a run is carried out by one process, and is free the moment that process is killed", async () => {
  const file = await newDb();
  const store = await openStore(file);
  cleanups.push(() => store.close());
  const run = await planRun(store, bookPlan([5, 6, 7], { samples: 8 }));
  const child = spawn(process.execPath, [await compileProgram("book-run"), file, run.id]);
  cleanups.push(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) if (line !== "ready") break;
  await expect(store.lockRun(run.id)).rejects.toMatchObject({ code: "RUN_BUSY", class: "config" });
  child.kill("SIGKILL");
  await exited;
  (await store.lockRun(run.id)).release();
  expect((await carryOn(store, run.id)).summary).toMatchObject({ state: "finished", succeeded: 24 });
});

describe("a model endpoint", () => {
  const key = "sk-a-key-that-must-never-be-written-down";

  /** Answers every call alike. */
  async function endpoint(status: number, body: string): Promise<{ baseUrl: string; server: Server }> {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { baseUrl: `http://127.0.0.1:${port}/v1`, server };
  }

  function agentOver(baseUrl: string) {
    const config = oneModel({ baseUrl, model: "m", keyEnv: "KEY", timeoutSeconds: 5 });
    const { model } = createModelLayer(config, { maxAttempts: 1, env: { KEY: key } });
    const modules = { expSearch: false, reflectPlan: false, autoCheck: true };
    return () => createAndroidGenAgent({ model, codec: androidGenCode, modules });
  }

  async function planned() {
    const file = await newDb();
    const store = await openStore(file);
    cleanups.push(() => store.close());
    return { store, file, run: await planRun(store, bookPlan([1, 2])) };
  }

  const completion = (content: string) =>
    JSON.stringify({
      id: "1",
      object: "chat.completion",
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });

  test("that is down stops the run, which can be resumed", async () => {
    const { store, run } = await planned();
    const { baseUrl, server } = await endpoint(200, "");
    server.close();
    const { error, summary } = await carryOn(store, run.id, agentOver(baseUrl));
    expect(error).toMatchObject({ code: "LLM_UNREACHABLE", class: "llm" });
    expect(error!.message).toContain(baseUrl);
    expect(summary).toMatchObject({ state: "stopped", open: 2, steps: 0 });
    expect((await carryOn(store, run.id)).summary).toMatchObject({ state: "finished", succeeded: 2 });
  });

  test.each([
    [401, "LLM_KEY_REFUSED", "config"],
    [404, "LLM_MODEL_NOT_FOUND", "config"],
    [429, "LLM_RATE_LIMITED", "llm"],
    [503, "LLM_SERVER_ERROR", "llm"],
  ])("that answers %i stops the run with %s", async (status, code, failureClass) => {
    const { store, run } = await planned();
    const { baseUrl } = await endpoint(status, '{"error":{"message":"no"}}');
    const { error, summary } = await carryOn(store, run.id, agentOver(baseUrl));
    expect(error).toMatchObject({ code, class: failureClass });
    expect(summary).toMatchObject({ state: "stopped", open: 2 });
    expect((await carryOn(store, run.id)).summary).toMatchObject({ state: "finished", succeeded: 2 });
  });

  test("that sends replies without code costs steps, not the run", async () => {
    const { store, run } = await planned();
    const { baseUrl } = await endpoint(200, completion("I would rather talk about the weather."));
    const { error, summary } = await carryOn(store, run.id, agentOver(baseUrl));
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({ state: "finished", failed: 2, errors: 0, steps: 9 });
    const [episode] = await store.episodes.list(run.id);
    const steps = await store.steps.list(episode!.id);
    expect(steps.every(({ refusal, action }) => refusal !== undefined && action === undefined)).toBe(true);
  });

  test("gets a key that stands in no record, also where the endpoint sends it back", async () => {
    const { store, file, run } = await planned();
    const { baseUrl } = await endpoint(401, JSON.stringify({ error: { message: `wrong key ${key}` } }));
    const { error } = await carryOn(store, run.id, agentOver(baseUrl));
    expect(error?.class).toBe("config");
    const { baseUrl: working } = await endpoint(200, completion('exit(message="done")'));
    await carryOn(store, run.id, agentOver(working));
    for (const entry of await readdir(path.dirname(file), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(path.join(entry.parentPath, entry.name));
      expect({ file: entry.name, holdsKey: bytes.includes(key) }).toEqual({
        file: entry.name,
        holdsKey: false,
      });
    }
  });
});
