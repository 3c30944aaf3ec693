import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { migrations } from "../../src/store/migrations/index.ts";
import { type DeviceRecord, openStore } from "../../src/store/index.ts";
import { pageTask } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let file: string;

beforeEach(async () => {
  file = path.join(await newFolder(), "test.db");
});

afterEach(removeFolders);

const record: DeviceRecord = {
  serial: "emulator-5554",
  identity: "3f9a",
  driver: "adb",
  model: "Pixel 6",
  apiLevel: 33,
  width: 1080,
  height: 2400,
  density: 420,
  emulator: true,
  features: ["cmd", "shell_v2"],
  capabilities: { root: true, text: ["keys", "adbKeyboard"], picture: "raw" },
};

describe("devices", () => {
  test("come back as they were recorded, with the newest of what they said", async () => {
    const store = await openStore(file);
    await store.devices.seen(record);
    await store.devices.seen({ ...record, apiLevel: 34, capabilities: { root: false } });
    expect(await store.devices.list()).toEqual([{ ...record, apiLevel: 34, capabilities: { root: false } }]);
    await store.close();
  });

  test("with the same serial are told apart by identity and driver, and an episode knows which it had", async () => {
    const store = await openStore(file);
    const run = await store.runs.create({
      suite: { name: "book", sha256: "0" },
      seed: 1,
      samples: 2,
      settings: {},
      instances: [pageTask(1)],
      episodes: [1, 2, 3].map((sample) => ({ instanceId: "page-1#1", sample, seed: sample })),
    });
    const episodes = await store.episodes.list(run.id);
    const others = [record, { ...record, identity: "77e0" }, { ...record, driver: "appium" }];
    for (const [i, device] of others.entries()) {
      await store.devices.leased({ runId: run.id, device, token: i + 1, episodeId: episodes[i]!.id });
    }
    expect(await store.devices.list()).toHaveLength(3);
    for (const [i, device] of others.entries()) {
      expect(await store.devices.ofEpisode(episodes[i]!.id)).toEqual(device);
    }
    expect(await store.devices.ofEpisode("none")).toBeUndefined();
    const learnt = { ...record, capabilities: { root: true, windows: true } };
    await store.devices.released(episodes[0]!.id, learnt);
    expect(await store.devices.ofEpisode(episodes[0]!.id)).toEqual(learnt);
    await store.close();
  });
});

/** A database as the first schema left it, with a run on one device. */
async function oldDatabase(): Promise<void> {
  const database = new Database(file);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const first = { "0001-first": migrations["0001-first"]! };
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => first },
  }).migrateToLatest();
  expect(error).toBeUndefined();
  database.exec(`
    INSERT INTO run (id, created_at, state, suite, suite_sha256, seed, samples, settings_json)
      VALUES ('run-1', 1, 'stopped', 'book', '0', 1, 1, '{"agent":"androidgen"}');
    INSERT INTO task_instance VALUES ('run-1', 'page-1#1', 'page-1', 1, '{"id":"page-1#1"}');
    INSERT INTO episode (id, run_id, instance_id, slot, sample, attempt, seed, state, device)
      VALUES ('run-1-1-1', 'run-1', 'page-1#1', 1, 1, 1, 7, 'interrupted', 'emulator-5554'),
             ('run-1-2-1', 'run-1', 'page-1#1', 2, 1, 1, 7, 'interrupted', 'never-described');
    INSERT INTO device VALUES ('emulator-5554', 'Pixel 6', 33, 1080, 2400, 420, 1, 1234);
    INSERT INTO lease (run_id, device, token, episode_id, taken_at, released_at)
      VALUES ('run-1', 'emulator-5554', 1, 'run-1-1-1', 10, 20),
             ('run-1', 'never-described', 2, 'run-1-2-1', 10, NULL);
    INSERT INTO device_event (run_id, device, at, kind, detail)
      VALUES ('run-1', 'emulator-5554', 10, 'device-opened', 'emulator-5554');`);
  await db.destroy();
}

describe("a database of the first schema", () => {
  test("keeps everything when it is brought up to date", async () => {
    await oldDatabase();
    const store = await openStore(file);
    const old = { ...record, identity: "", features: [], capabilities: {} };
    expect(await store.devices.list()).toEqual([old]);
    expect(await store.devices.ofEpisode("run-1-1-1")).toEqual(old);
    expect(await store.devices.ofEpisode("run-1-2-1")).toBeUndefined();
    expect(await store.devices.events("run-1")).toMatchObject([{ at: 10, kind: "device-opened" }]);
    expect((await store.runs.get("run-1")).settings).toEqual({ agent: "androidgen" });
    await store.close();
    const database = new Database(file, { readonly: true });
    expect(database.prepare("SELECT token, taken_at, released_at FROM lease ORDER BY id").all()).toEqual([
      { token: 1, taken_at: 10, released_at: 20 },
      { token: 2, taken_at: 10, released_at: null },
    ]);
    expect(database.pragma("foreign_key_check")).toEqual([]);
    expect(database.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
    database.close();
  });

  test("takes new devices beside the old ones, and its run goes on", async () => {
    await oldDatabase();
    const store = await openStore(file);
    await store.devices.seen(record);
    const again = await store.episodes.retry("run-1-1-1");
    await store.devices.leased({ runId: "run-1", device: record, token: 3, episodeId: again.id });
    expect(await store.devices.ofEpisode(again.id)).toEqual(record);
    expect(await store.devices.list()).toHaveLength(2);
    await store.close();
  });

  test("is not read before it is brought up to date", async () => {
    await oldDatabase();
    await expect(openStore(file, { readonly: true })).rejects.toMatchObject({ code: "DB_OLDER" });
  });
});
