import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { writeImage } from "../../src/dataset/files.ts";
import type { DatasetFormat } from "../../src/dataset/formats/format.ts";
import { llamaFactory } from "../../src/dataset/formats/llamafactory.ts";
import { openAiChat } from "../../src/dataset/formats/openai.ts";
import type { Sample } from "../../src/dataset/sample.ts";

const picture = { sha256: "ab".repeat(32), bytes: Buffer.from("pixels"), mediaType: "image/webp" as const };

function sample(id: string, more: Partial<Sample> = {}): Sample {
  return {
    id,
    kind: "execution",
    episodeId: "e",
    templateId: "t",
    step: 1,
    prompt: "policy.v1",
    system: "You operate a phone.",
    user: `Goal ${id}`,
    assistant: 'do(action="Press Enter")',
    ...more,
  };
}

describe("formats", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "androidgen-formats-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(format: DatasetFormat, rows: [Sample, "train" | "val"][]): Promise<string[]> {
    const written = new Set<string>();
    const writer = await format.open({
      folder,
      name: "set",
      imageFile: (image) => writeImage(folder, image, written),
    });
    for (const [row, split] of rows) await writer.add(row, split);
    return writer.close();
  }

  const read = (name: string) => readFile(path.join(folder, name), "utf8");

  test("LLaMA-Factory: three alternating turns a row, and a file that names the splits", async () => {
    const files = await write(llamaFactory, [
      [sample("1"), "train"],
      [sample("2"), "train"],
    ]);
    expect(files).toEqual(["train.json", "val.json", "dataset_info.json"]);
    expect(JSON.parse(await read("train.json"))).toEqual(
      ["1", "2"].map((id) => ({
        messages: [
          { role: "system", content: "You operate a phone." },
          { role: "user", content: `Goal ${id}` },
          { role: "assistant", content: 'do(action="Press Enter")' },
        ],
      })),
    );
    expect(JSON.parse(await read("val.json"))).toEqual([]);
    // The loader fails on an empty list, so an empty split is not named.
    expect(JSON.parse(await read("dataset_info.json"))).toEqual({
      set_train: expect.objectContaining({
        file_name: "train.json",
        formatting: "sharegpt",
        columns: { messages: "messages" },
      }),
    });
  });

  test("LLaMA-Factory: as many image marks as pictures, whatever a screen says", async () => {
    await write(llamaFactory, [
      [sample("1", { image: picture, user: "A page says <image> and <video>" }), "val"],
      [sample("2", { image: picture }), "val"],
    ]);
    const rows = JSON.parse(await read("val.json")) as {
      messages: { content: string }[];
      images: string[];
    }[];
    for (const row of rows) {
      const marks = row.messages.flatMap(({ content }) => content.match(/<(image|video|audio)>/g) ?? []);
      expect(marks).toEqual(row.images.map(() => "<image>"));
      expect(await read(row.images[0]!)).toBe("pixels");
    }
    expect(rows[0]!.messages[1]!.content).toBe("A page says ‹image› and ‹video›<image>");
    expect(JSON.parse(await read("dataset_info.json"))).toMatchObject({
      set_val: { columns: { images: "images" } },
    });
  });

  test("LLaMA-Factory: a column of pictures is named only for a split that has one", async () => {
    await write(llamaFactory, [
      [sample("1", { image: picture }), "train"],
      [sample("2"), "val"],
    ]);
    expect(JSON.parse(await read("dataset_info.json"))).toMatchObject({
      set_train: { columns: { messages: "messages", images: "images" } },
      set_val: { columns: { messages: "messages" } },
    });
    expect(JSON.parse(await read("dataset_info.json")).set_val.columns).not.toHaveProperty("images");
  });

  test("OpenAI: one chat a line, pictures as data URLs", async () => {
    await write(openAiChat, [
      [sample("1", { user: "two\nlines" }), "train"],
      [sample("2", { image: picture }), "train"],
    ]);
    const lines = (await read("openai.train.jsonl")).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0]!).messages[1]).toEqual({ role: "user", content: "two\nlines" });
    expect(JSON.parse(lines[1]!).messages[1].content).toEqual([
      { type: "text", text: "Goal 2" },
      {
        type: "image_url",
        image_url: { url: `data:image/webp;base64,${Buffer.from("pixels").toString("base64")}` },
      },
    ]);
    expect(await read("openai.val.jsonl")).toBe("");
  });
});
