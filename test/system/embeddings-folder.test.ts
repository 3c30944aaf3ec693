import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "@jest/globals";
import { openEmbedder } from "../../src/llm/index.ts";
import { writeEmbeddingModel } from "../support/embedding-model.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { transformersTest } from "../support/require.ts";

afterEach(removeFolders);

const words = { alarm: [1, 0, 0, 0], timer: [0.8, 0.6, 0, 0], note: [0, 0, 2, 0], set: [0, 0, 0, 1] };

async function aModel(): Promise<string> {
  const folder = path.join(await newFolder(), "tiny-model");
  await writeEmbeddingModel(folder, words);
  return folder;
}

test("without the package, the command that installs it is told", async () => {
  await expect(openEmbedder({ folder: await aModel() })).rejects.toMatchObject({
    code: "EMBEDDING_PACKAGE_MISSING",
    class: "config",
    message: expect.stringContaining("npm install @huggingface/transformers@4.3.1"),
  });
});

test("a folder that holds no model is named, with what is missing", async () => {
  await expect(openEmbedder({ folder: await newFolder() })).rejects.toMatchObject({
    code: "EMBEDDING_MODEL_INVALID",
    class: "config",
    message: expect.stringContaining("config.json"),
  });
});

/** The package needs a Node of its own: its native part knows nothing of the test's own globals. */
async function embedApart(config: object, texts: readonly string[]): Promise<unknown> {
  const script = `
    const { openEmbedder } = await import(process.argv[1]);
    try {
      const embedder = await openEmbedder(JSON.parse(process.argv[2]));
      const vectors = await embedder.embed(JSON.parse(process.argv[3]), { as: "query" });
      console.log(JSON.stringify({ model: embedder.model, vectors: vectors.map((vector) => [...vector]) }));
      await embedder.close();
    } catch (error) {
      console.log(JSON.stringify({ code: error.code, message: error.message }));
    }`;
  const door = new URL("../../dist/llm/index.js", import.meta.url).href;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    script,
    door,
    JSON.stringify(config),
    JSON.stringify(texts),
  ]);
  return JSON.parse(stdout);
}

transformersTest("a model in a folder", (installed) => {
  /** A model beside which the package is installed. */
  async function besidePackage(): Promise<string> {
    const folder = await aModel();
    await symlink(path.join(installed, "node_modules"), path.join(path.dirname(folder), "node_modules"));
    return folder;
  }

  describe("gives", () => {
    test("the average of its words' vectors, of length 1, whatever else is in the batch", async () => {
      const folder = await besidePackage();
      const texts = [
        "Alarm",
        "set alarm",
        "set timer",
        "note note note note",
        "set set set alarm timer note",
      ];
      const found = await embedApart({ folder, batch: 2 }, texts);
      const length = (...vector: number[]) => vector.map((value) => value / Math.hypot(...vector));
      const expected = [
        [1, 0, 0, 0],
        length(1, 0, 0, 1),
        length(0.8, 0.6, 0, 1),
        [0, 0, 1, 0],
        length(1.8, 0.6, 2, 3),
      ].map((vector) => vector.map((value) => expect.closeTo(value, 5)));
      expect(found).toEqual({ model: "tiny-model", vectors: expected });
    }, 60_000);

    test("vectors with what the model wants before a text, under the name it is given", async () => {
      const folder = await besidePackage();
      const prefix = { query: "set ", passage: "note " };
      const found = await embedApart({ folder, model: "tiny@1", prefix }, ["alarm"]);
      const half = expect.closeTo(Math.SQRT1_2, 5);
      expect(found).toEqual({ model: "tiny@1", vectors: [[half, 0, 0, half]] });
    }, 60_000);
  });

  test("is refused where its weights are broken or missing", async () => {
    const folder = await besidePackage();
    expect(await embedApart({ folder, dtype: "q8" }, ["alarm"])).toMatchObject({
      code: "EMBEDDING_MODEL_INVALID",
      message: expect.stringContaining("model_quantized.onnx"),
    });
    await writeFile(path.join(folder, "onnx", "model.onnx"), "no network");
    expect(await embedApart({ folder }, ["alarm"])).toMatchObject({ code: "EMBEDDING_MODEL_INVALID" });
  }, 60_000);
});
