import path from "node:path";
import type { Sample, Split } from "../sample.ts";
import type { DatasetFormat } from "./format.ts";
import { createLineFile } from "./line-file.ts";

/** JSON lines of OpenAI-style chats; pictures are data URLs inside the user's turn, after its text. */
export const openAiChat: DatasetFormat = {
  name: "openai",
  async open({ folder }) {
    const splits: Split[] = ["train", "val"];
    const nameOf = (split: Split): string => `openai.${split}.jsonl`;
    const files = new Map(
      await Promise.all(
        splits.map(async (split) => [split, await createLineFile(path.join(folder, nameOf(split)))] as const),
      ),
    );
    return {
      async add(sample, split) {
        await files.get(split)!.write(`${JSON.stringify(rowOf(sample))}\n`);
      },
      async close() {
        for (const file of files.values()) await file.close();
        return splits.map(nameOf);
      },
    };
  },
};

function rowOf(sample: Sample): Record<string, unknown> {
  const content =
    sample.image === undefined
      ? sample.user
      : [
          { type: "text", text: sample.user },
          {
            type: "image_url",
            image_url: {
              url: `data:${sample.image.mediaType};base64,${sample.image.bytes.toString("base64")}`,
            },
          },
        ];
  return {
    messages: [
      { role: "system", content: sample.system },
      { role: "user", content },
      { role: "assistant", content: sample.assistant },
    ],
  };
}
