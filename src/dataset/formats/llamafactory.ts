import path from "node:path";
import { writeFile } from "node:fs/promises";
import type { Sample, Split } from "../sample.ts";
import type { DatasetFormat } from "./format.ts";
import { createLineFile, type LineFile } from "./line-file.ts";

/**
 * LLaMA-Factory's sharegpt shape with OpenAI role names: one JSON list per split, and the `dataset_info.json`
 * that names them. Its loader silently skips rows whose turns do not alternate and fails on a row whose `<image>`
 * marks and pictures differ in number, so each row here is one system, one user and one assistant turn, and text
 * from a screen never passes for a mark.
 */
export const llamaFactory: DatasetFormat = {
  name: "llamafactory",
  async open({ folder, name, imageFile }) {
    const splits: Split[] = ["train", "val"];
    const files = new Map<Split, SplitFile>(
      await Promise.all(
        splits.map(async (split) => {
          const file = await createLineFile(path.join(folder, `${split}.json`));
          await file.write("[");
          return [split, { file, rows: 0, pictures: false }] as const;
        }),
      ),
    );
    return {
      async add(sample, split) {
        const out = files.get(split)!;
        const images = sample.image === undefined ? [] : [await imageFile(sample.image)];
        out.pictures ||= images.length > 0;
        await out.file.write(`${out.rows++ === 0 ? "\n" : ",\n"}${JSON.stringify(rowOf(sample, images))}`);
      },
      async close() {
        for (const { file } of files.values()) {
          await file.write("\n]\n");
          await file.close();
        }
        // An empty list, and a column that no row of its file has, end the loader with an error.
        const info = Object.fromEntries(
          [...files]
            .filter(([, { rows }]) => rows > 0)
            .map(([split, { pictures }]) => [`${name}_${split}`, datasetInfo(`${split}.json`, pictures)]),
        );
        await writeFile(path.join(folder, "dataset_info.json"), `${JSON.stringify(info, null, 2)}\n`);
        return [...splits.map((split) => `${split}.json`), "dataset_info.json"];
      },
    };
  },
};

interface SplitFile {
  file: LineFile;
  rows: number;
  /** Some row has one. */
  pictures: boolean;
}

function rowOf(sample: Sample, images: string[]): Record<string, unknown> {
  // After the text, as the agent sends it.
  const mark = images.length > 0 ? "<image>" : "";
  return {
    messages: [
      { role: "system", content: unmarked(sample.system) },
      { role: "user", content: `${unmarked(sample.user)}${mark}` },
      { role: "assistant", content: unmarked(sample.assistant) },
    ],
    ...(images.length > 0 ? { images } : {}),
  };
}

/** A mark written by a screen or a model would be counted as a picture. */
function unmarked(text: string): string {
  return text.replaceAll(/<(image|video|audio)>/g, "‹$1›");
}

function datasetInfo(file: string, pictures: boolean): Record<string, unknown> {
  return {
    file_name: file,
    formatting: "sharegpt",
    columns: { messages: "messages", ...(pictures ? { images: "images" } : {}) },
    tags: {
      role_tag: "role",
      content_tag: "content",
      user_tag: "user",
      assistant_tag: "assistant",
      system_tag: "system",
    },
  };
}
