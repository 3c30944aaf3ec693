import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import { infraError } from "../../src/errors.ts";
import type { Screen } from "../../src/screen/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { fakeCall, fakeDecision, fakeScreen, pageTask, tapNext } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { pendingEpisode, startedEpisode } from "../support/started-episode.ts";

let store: Store;
let folder: string;

beforeEach(async () => {
  folder = await newFolder();
  store = await openStore(path.join(folder, "test.db"));
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

const newEpisode = () => pendingEpisode(store, pageTask(2));
const runningEpisode = () => startedEpisode(store, pageTask(2));

const times = { startedAt: 1, endedAt: 2, deviceMs: 3, modelMs: 4, ownMs: 5 };

async function recordStep(episodeId: string, number: number, screen: Screen = fakeScreen(number)) {
  const saved = await store.screens.save(screen);
  const calls = await store.calls.save([fakeCall("next")]);
  const decision = fakeDecision(tapNext);
  await store.steps.record({ episodeId, number, screen: saved, decision, calls, ...times });
}

const allFiles = async () => {
  const names = await readdir(path.join(folder, "blobs"), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map(({ name }) => name);
};

describe("an attempt whose process died", () => {
  test("ends where it was last seen: nobody had the device in the hours until the run goes on", async () => {
    const [without, { id }] = [await runningEpisode(), await runningEpisode()];
    await recordStep(id, 1);
    for (const episode of [without.id, id]) await store.episodes.closeDead(episode);
    expect(await store.episodes.get(id)).toMatchObject({ state: "interrupted", endedAt: times.endedAt });
    const { startedAt, endedAt, state } = await store.episodes.get(without.id);
    expect({ endedAt, state }).toEqual({ endedAt: startedAt, state: "interrupted" });
    await expect(store.episodes.closeDead(id)).rejects.toMatchObject({ code: "EPISODE_CHANGED" });
  });
});

describe("steps", () => {
  test("come back as they were recorded", async () => {
    const { id } = await runningEpisode();
    const decision = fakeDecision(tapNext, { experiences: ["e-1"] });
    const lost = { ...fakeCall(""), response: { ...fakeCall("").response, failure: "LLM_EMPTY: no reply" } };
    const calls = [fakeCall("one"), lost, fakeCall("two")];
    const screen = await store.screens.save(fakeScreen(0));
    const refusal = { rule: "device", reason: "no" };
    const saved = await store.calls.save(calls);
    await store.steps.record({ episodeId: id, number: 1, screen, decision, calls: saved, refusal, ...times });
    const [step] = await store.steps.list(id);
    expect(step).toMatchObject({ number: 1, fingerprint: "page-0", refusal, ...decision, ...times });
    const recorded = await store.calls.list(id);
    expect(recorded).toEqual(calls.map((call) => ({ ...call, step: 1 })));
    expect((await store.episodes.get(id)).steps).toBe(1);
  });

  test("are written whole or not at all", async () => {
    const { id } = await runningEpisode();
    await recordStep(id, 1);
    await expect(recordStep(id, 1)).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(await store.steps.list(id)).toHaveLength(1);
    expect(await store.calls.list(id)).toHaveLength(1);
  });

  test("tell how often each rule refused in their run, and found something after", async () => {
    const first = await runningEpisode();
    const other = await runningEpisode();
    const record = async (id: string, number: number, rule?: string, found?: string) => {
      await store.steps.record({
        episodeId: id,
        number,
        screen: await store.screens.save(fakeScreen(number)),
        decision: fakeDecision(
          tapNext,
          found === undefined ? {} : { finding: { rule: found, reason: "no" } },
        ),
        calls: [],
        ...(rule === undefined ? {} : { refusal: { rule, reason: "no" } }),
        ...times,
      });
    };
    await record(first.id, 1, "grammar");
    await record(first.id, 2, "device", "screen-changed");
    await record(first.id, 3, "device");
    await record(first.id, 4);
    await record(other.id, 1, "api", "text-in-field");
    expect(await store.steps.objections(first.runId)).toEqual({
      refusals: { device: 2, grammar: 1 },
      findings: { "screen-changed": 1 },
    });
    expect(await store.steps.objections("run-none")).toEqual({ refusals: {}, findings: {} });
  });

  test("belong to a running attempt: one that was ended takes no more", async () => {
    const { id } = await runningEpisode();
    await store.episodes.abandon(id, "interrupted");
    await expect(recordStep(id, 1)).rejects.toMatchObject({ code: "EPISODE_CHANGED", class: "config" });
    expect(await store.steps.list(id)).toEqual([]);
    await expect(store.episodes.abandon(id, "error")).rejects.toMatchObject({ code: "EPISODE_CHANGED" });
  });
});

describe("screens", () => {
  test("come back as they were seen, with or without the picture", async () => {
    const { id } = await runningEpisode();
    await recordStep(id, 1);
    const [step] = await store.steps.list(id);
    const { image, ...rest } = fakeScreen(1);
    expect(await store.screens.load(step!.screenId)).toEqual(rest);
    expect(await store.screens.load(step!.screenId, { image: true })).toEqual({ ...rest, image });
    expect(await store.screens.picture(step!.screenId)).toEqual(image);
  });

  test("may lack tree and picture", async () => {
    const { id } = await runningEpisode();
    const { image: _, ...rest } = fakeScreen(1);
    const bare: Screen = { ...rest, elements: [], xml: "", treeSource: "none", secure: true };
    await recordStep(id, 1, bare);
    const [step] = await store.steps.list(id);
    expect(await store.screens.load(step!.screenId, { image: true })).toEqual(bare);
    expect(await store.screens.picture(step!.screenId)).toBeUndefined();
  });

  test("keep a big PNG as WebP, and a small one as it is", async () => {
    const noise = {
      create: {
        width: 720,
        height: 720,
        channels: 3 as const,
        noise: { type: "gaussian" as const, mean: 128, sigma: 30 },
        background: "black",
      },
    };
    const big = await sharp(noise).png().toBuffer();
    const small = await sharp({ create: { width: 720, height: 720, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect(big.length).toBeGreaterThan(400_000);
    const { id } = await runningEpisode();
    for (const [i, bytes] of [big, small].entries()) {
      const image = {
        bytes,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        mediaType: "image/png" as const,
      };
      await recordStep(id, i + 1, { ...fakeScreen(i), image });
    }
    const loaded = await Promise.all(
      (await store.steps.list(id)).map(({ screenId }) => store.screens.load(screenId, { image: true })),
    );
    expect(loaded.map(({ image }) => image!.mediaType)).toEqual(["image/webp", "image/png"]);
    expect(loaded[0]!.image!.bytes.length).toBeLessThan(big.length);
    expect(await sharp(loaded[0]!.image!.bytes).metadata()).toMatchObject({ width: 720, height: 720 });
    expect(loaded[1]!.image!.bytes.equals(small)).toBe(true);
  });
});

describe("files", () => {
  test("are named by their hash, written once and left without a rest", async () => {
    const { id } = await runningEpisode();
    for (let number = 1; number <= 3; number++) await recordStep(id, number, fakeScreen(0));
    const names = await allFiles();
    // Tree, elements, picture, and the messages, which are the same in each step.
    expect(names).toHaveLength(4);
    for (const name of names) {
      const sha256 = name.split(".")[0]!;
      const bytes = await readFile(path.join(folder, "blobs", sha256.slice(0, 2), name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
  });

  test("that went missing are named", async () => {
    const blob = { sha256: "ab".repeat(32), media_type: "image/png" };
    await expect(store.blobs.get(blob)).rejects.toMatchObject({ code: "BLOB_MISSING", class: "config" });
  });

  test("hold any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const blob = await store.blobs.putText(text, "json");
        expect(await store.blobs.getText(blob)).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  test("written by many at once are all there", async () => {
    const blobs = await Promise.all(
      Array.from({ length: 60 }, (_, i) => store.blobs.put(Buffer.from(`file ${i % 20}`), "image/png")),
    );
    const read = await Promise.all(blobs.map((blob) => store.blobs.get(blob)));
    expect(read.map(String)).toEqual(Array.from({ length: 60 }, (_, i) => `file ${i % 20}`));
    expect(await allFiles()).toHaveLength(20);
  });
});

describe("model calls", () => {
  test("keep pictures of messages as files", async () => {
    const { id } = await runningEpisode();
    const { image } = fakeScreen(3);
    const call = fakeCall("with picture");
    call.messages = [
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          { type: "image", ...image! },
        ],
      },
    ];
    await store.calls.record(id, [call]);
    const [stored] = await store.calls.list(id);
    expect(stored!.step).toBeUndefined();
    expect(stored!.messages).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          { type: "image", sha256: image!.sha256, mediaType: "image/webp" },
        ],
      },
    ]);
    const picture = await store.blobs.get({ sha256: image!.sha256, media_type: "image/webp" });
    expect(picture.equals(image!.bytes)).toBe(true);
  });
});

describe("verdicts", () => {
  test("of the same source and version take the place of the earlier one, labels and all", async () => {
    const { id } = await newEpisode();
    const verdict = { episodeId: id, source: "critic" as const, version: "v1", detail: { model: "m" } };
    const labels = [
      { condition: "open", step: 1 },
      { condition: "saved", step: -1 },
    ];
    await store.verdicts.record({ ...verdict, success: false, labels });
    await store.verdicts.record({ ...verdict, version: "v2", success: true, labels: [labels[0]!] });
    await store.verdicts.record({ ...verdict, success: false, labels: labels.toReversed() });
    const recorded = await store.verdicts.list(id);
    expect(recorded.map(({ version, success, labels }) => ({ version, success, labels }))).toEqual([
      { version: "v2", success: true, labels: [labels[0]] },
      { version: "v1", success: false, labels: labels.toReversed() },
    ]);
  });
});

describe("episodes and runs", () => {
  test("that do not exist are named", async () => {
    const { runId } = await newEpisode();
    await expect(store.runs.get("nope")).rejects.toMatchObject({
      code: "RUN_NOT_FOUND",
      message: `The database has no run "nope". Its newest runs are ${runId}.`,
    });
    await expect(store.episodes.get("nope")).rejects.toMatchObject({ code: "EPISODE_NOT_FOUND" });
  });

  test("a new attempt keeps task, sample and seed", async () => {
    const first = await runningEpisode();
    await store.episodes.abandon(first.id, "interrupted");
    const second = await store.episodes.retry(first.id);
    const { instanceId, slot, sample, seed } = first;
    expect(second).toMatchObject({ instanceId, slot, sample, seed, attempt: 2, state: "pending", steps: 0 });
    expect(await store.episodes.latest(first.runId)).toEqual([second]);
  });

  test("errors are kept without the folders of this host, and with those of the device", async () => {
    const { id, runId } = await runningEpisode();
    const message = `cannot copy ${store.file} to /sdcard/Documents/note.md`;
    await store.episodes.abandon(id, "error", infraError("COPY", message));
    await store.runs.setState(runId, "stopped", { code: "COPY", message });
    const kept = "cannot copy test.db to /sdcard/Documents/note.md";
    expect((await store.episodes.get(id)).error).toEqual({ code: "COPY", class: "infra", message: kept });
    expect((await store.runs.get(runId)).stop).toEqual({ code: "COPY", message: kept });
  });

  test("a folder that ends a path, and folders of the device that hold this host's, are told apart", async () => {
    const { id } = await runningEpisode();
    const folder = path.dirname(store.file);
    const message = `${folder} is full; ${folder}/blobs too; /data/local/tmp/x.xml and /data${tmpdir()}/y stay`;
    await store.episodes.abandon(id, "error", infraError("DISK", message));
    expect((await store.episodes.get(id)).error?.message).toBe(
      `. is full; blobs too; /data/local/tmp/x.xml and /data${tmpdir()}/y stay`,
    );
  });

  test("an attempt is started once", async () => {
    const { id } = await runningEpisode();
    await expect(store.episodes.start(id, "other")).rejects.toMatchObject({ code: "EPISODE_CHANGED" });
  });
});
