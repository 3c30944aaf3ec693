import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { type DatasetManifest, exportDataset } from "../../src/dataset/index.ts";
import type { ChatMessage } from "../../src/llm/index.ts";
import { type Screen, screenImage } from "../../src/screen/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { fakeScreen } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { recordRun } from "../support/recorded-run.ts";

let store: Store;
let folder: string;
/** What the model was asked, by episode. */
let asked: ChatMessage[][];

beforeEach(async () => {
  folder = await newFolder();
  store = await openStore(path.join(folder, "test.db"));
  asked = [];
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

async function plain(background: string): Promise<Screen["image"]> {
  const create = { width: 108, height: 240, channels: 3 as const, background };
  return screenImage(await sharp({ create }).png().toBuffer());
}

/** No more than a name says that this is a picture. */
const broken = fakeScreen(0).image;

function page(number: number, image: Screen["image"]): Screen {
  const { image: _, ...rest } = fakeScreen(number);
  return image === undefined ? rest : { ...rest, image };
}

const record = (screens: readonly Screen[], settings: { pictures: boolean }) =>
  recordRun(store, screens, { settings, onRequest: (messages) => asked.push([...messages]) });

async function exported(
  runIds: string[],
  name = "dataset",
  images = true,
): Promise<DatasetManifest & { card: string }> {
  const formats = ["llamafactory", "openai"] as const;
  const out = path.join(folder, name);
  const manifest = await exportDataset(store, { runIds, out, formats, images, valShare: 0, seed: 1 });
  return { ...manifest, card: await readFile(path.join(out, "README.md"), "utf8") };
}

const read = (name: string) => readFile(path.join(folder, name), "utf8");

interface Row {
  messages: { content: unknown }[];
  images?: string[];
}

const train = async (name = "dataset"): Promise<Row[]> => JSON.parse(await read(`${name}/train.json`));

/** A request as a row of the OpenAI format has it, without the reply. */
function asRow(messages: readonly ChatMessage[]): { role: string; content: unknown }[] {
  return messages.map(({ role, content }) => ({
    role,
    content:
      typeof content === "string"
        ? content
        : content.map((part) => {
            if (part.type === "text") return part;
            const url = `data:${part.mediaType};base64,${part.bytes.toString("base64")}`;
            return { type: "image_url", image_url: { url } };
          }),
  }));
}

describe("pictures in a dataset", () => {
  test("are those the model was asked with: same bytes, same words, same order", async () => {
    const screens = [page(0, await plain("red")), page(1, await plain("blue"))];
    const manifest = await exported([await record(screens, { pictures: true })]);
    const rows = (await read("dataset/openai.train.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
    expect(rows.map(({ messages }) => messages.slice(0, 2))).toEqual(asked.map(asRow));
    expect(asked.map((messages) => messages[1]!.content)).toEqual([expect.any(Array), expect.any(Array)]);
    expect(manifest.pictures).toEqual({ with: 2, without: 0, unreadable: [] });

    const [row] = await train();
    expect(row!.messages[1]!.content).toMatch(/# Picture\n[^]*number at the box\.[^]*<image>$/u);
    const [, part] = asked[0]![1]!.content as [unknown, { bytes: Buffer }];
    expect(await readFile(path.join(folder, "dataset", row!.images![0]!))).toEqual(part.bytes);
  });

  test("are the same for a model that was shown none, and the card tells", async () => {
    const screens = [page(0, await plain("red")), page(1, await plain("blue"))];
    const shown = await exported([await record(screens, { pictures: true })], "shown");
    asked = [];
    const unseen = await record(screens, { pictures: false });
    const blind = await exported([unseen], "blind");
    expect(await read("blind/train.json")).toBe(await read("shown/train.json"));
    expect(shown.card).toContain("The model that wrote the replies was shown such pictures");
    expect(blind.card).toContain("The model was shown no pictures");
    expect((await exported([shown.runs[0]!.id, unseen], "both")).card).toContain(
      `In the runs ${shown.runs[0]!.id} the model was shown such pictures; in the others`,
    );
  });

  test("are written once, under the hash of what they show", async () => {
    const red = await plain("red");
    const screens = [page(0, red), page(0, red), page(1, red)];
    await exported([await record(screens, { pictures: true })], "one");
    const named = (await train("one")).flatMap(({ images }) => images ?? []);
    const files = (await readdir(path.join(folder, "one/images"))).map((name) => `images/${name}`);
    expect(named).toHaveLength(3);
    // The text on page 1 differs, its boxes do not.
    expect(files).toEqual([named[0]]);
  });

  test("are left out, and not spoken of, where the screen has none or one that is broken", async () => {
    const black = await plain("black");
    const screens = [
      page(0, undefined),
      page(1, broken),
      { ...page(2, black), secure: true },
      page(3, await plain("red")),
    ];
    const runId = await record(screens, { pictures: false });
    const manifest = await exported([runId]);
    const [episode] = await store.episodes.list(runId);
    expect(manifest.pictures).toEqual({ with: 2, without: 2, unreadable: [`${episode!.id}/2`] });
    expect(manifest.card).toContain("2 samples of actions have none");
    expect(manifest.card).toContain("1 recorded picture could not be decoded");
    const rows = await train();
    expect(rows.map(({ images }) => images?.length ?? 0)).toEqual([0, 0, 1, 1]);
    expect(rows.map(({ messages }) => String(messages[1]!.content).includes("# Picture"))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("are not looked at where none are asked for", async () => {
    const manifest = await exported(
      [await record([page(0, await plain("red"))], { pictures: true })],
      "text",
      false,
    );
    expect(manifest).not.toHaveProperty("pictures");
    expect(manifest.card).toContain("Pictures: none.");
    expect(await read("text/train.json")).not.toContain("# Picture");
    expect(await readdir(path.join(folder, "text"))).not.toContain("images");
  });

  test("are drawn a few at a time, and no more once the export is stopped", async () => {
    const runId = await record(
      Array.from({ length: 12 }, (_, i) => page(i, undefined)),
      { pictures: false },
    );
    let underWay = 0;
    let most = 0;
    let begun = 0;
    const stop = new AbortController();
    const watched: Store = {
      ...store,
      screens: {
        ...store.screens,
        async picture(id) {
          most = Math.max(most, ++underWay);
          if (++begun === 6) stop.abort(new Error("stopped"));
          const image = await store.screens.picture(id);
          underWay--;
          return image;
        },
      },
    };
    const options = { out: path.join(folder, "stopped"), images: true, valShare: 0, seed: 1 };
    await expect(
      exportDataset(watched, { ...options, runIds: [runId], formats: ["openai"], signal: stop.signal }),
    ).rejects.toThrow("stopped");
    expect(most).toBe(4);
    expect(begun).toBe(8);
    expect((await readdir(folder)).filter((name) => name.startsWith("stopped"))).toEqual([]);
  });

  test("whose files are gone are an error that names them, not a gap", async () => {
    const runId = await record([page(0, await plain("red"))], { pictures: true });
    const blobs = path.join(folder, "blobs");
    const names = await readdir(blobs, { recursive: true });
    const png = names.find((name) => name.endsWith(".png"))!;
    await rm(path.join(blobs, png));
    await expect(exported([runId])).rejects.toMatchObject({
      code: "BLOB_MISSING",
      message: expect.stringContaining(path.basename(png)),
    });
    expect(await readdir(folder)).not.toContain("dataset");
  });
});
