import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { type EmbeddingConfig, openEmbedder } from "../../src/llm/index.ts";
import { embeddingModelName, startDemoModel } from "../../src/sim/model/index.ts";

const toClose: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

type Body = { input: string[]; [field: string]: unknown };

/** An endpoint that answers as it is told; what it was asked is in `asked`. */
async function endpoint(
  reply: (body: Body, call: number) => { status?: number; headers?: object; body: unknown },
) {
  const asked: { body: Body; authorization: string | undefined }[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const body = JSON.parse(text) as Body;
      asked.push({ body, authorization: request.headers.authorization });
      const { status = 200, headers = {}, body: sent } = reply(body, asked.length);
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(sent));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  toClose.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return { asked, config: { baseUrl: `http://127.0.0.1:${port}/v1`, model: "m" } };
}

/** Numbers that tell the text's length; the last text comes first. */
const lengths = ({ input }: Body) => ({
  data: input.map((text, index) => ({ index, embedding: [text.length, 1] })).toReversed(),
});

async function open(config: EmbeddingConfig, env: NodeJS.ProcessEnv = {}) {
  const embedder = await openEmbedder(config, env);
  toClose.push(() => embedder.close());
  return embedder;
}

test("texts go in batches, with what the model wants before them, and come back in order", async () => {
  const { asked, config } = await endpoint((body) => ({ body: lengths(body) }));
  const embedder = await open(
    {
      ...config,
      keyEnv: "SOME_KEY",
      batch: 2,
      prefix: { query: "query: ", passage: "passage: " },
      inputType: { query: "search_query", passage: "search_document" },
    },
    { SOME_KEY: "a-secret-key" },
  );
  const vectors = await embedder.embed(["a", "bbb", "cc"], { as: "passage" });
  expect(vectors.map(([first, second]) => Math.round(first! / second!) - "passage: ".length)).toEqual([
    1, 3, 2,
  ]);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  expect(asked.map(({ body }) => body.input)).toEqual([["passage: a", "passage: bbb"], ["passage: cc"]]);
  expect(asked[0]).toMatchObject({
    authorization: "Bearer a-secret-key",
    body: { model: "m", encoding_format: "float", input_type: "search_document" },
  });
  await embedder.embed(["d"], { as: "query" });
  expect(asked.at(-1)!.body).toMatchObject({ input: ["query: d"], input_type: "search_query" });
});

test("what may pass is tried again, after the time that was asked for", async () => {
  const { asked, config } = await endpoint((body, call) => {
    if (call === 1)
      return { status: 429, headers: { "retry-after-ms": "5" }, body: { error: { message: "slow" } } };
    if (call === 2)
      return { status: 503, headers: { "retry-after-ms": "5" }, body: { error: { message: "down" } } };
    return { body: lengths(body) };
  });
  const embedder = await open(config);
  expect(await embedder.embed(["a"], { as: "query" })).toHaveLength(1);
  expect(asked).toHaveLength(3);
});

test("a refused key stops at once, and is not told", async () => {
  const { asked, config } = await endpoint(() => ({
    status: 401,
    body: { error: { message: "no key a-secret-key here" } },
  }));
  const embedder = await open({ ...config, keyEnv: "SOME_KEY" }, { SOME_KEY: "a-secret-key" });
  const failure = await embedder.embed(["a"], { as: "query" }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "LLM_KEY_REFUSED", class: "config" });
  expect(String(failure)).not.toContain("a-secret-key");
  expect(asked).toHaveLength(1);
  await expect(open({ ...config, keyEnv: "OTHER_KEY" })).rejects.toMatchObject({ code: "KEY_MISSING" });
});

test.each([
  ["too few", { data: [{ index: 0, embedding: [1] }] }],
  [
    "of different lengths",
    {
      data: [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ],
    },
  ],
  ["none", { data: [] }],
  ["of another shape", { vectors: [] }],
])("an answer with embeddings that are %s is none", async (_, body) => {
  const { config } = await endpoint((_asked, call) =>
    call < 5 ? { status: 503, headers: { "retry-after-ms": "1" }, body: {} } : { body },
  );
  const embedder = await open(config);
  await expect(embedder.embed(["a", "b"], { as: "query" })).rejects.toMatchObject({
    code: "LLM_BAD_RESPONSE",
  });
});

test("a call can be stopped while it waits", async () => {
  const stop = new AbortController();
  const { config } = await endpoint(() => {
    stop.abort(new Error("enough"));
    return { status: 429, headers: { "retry-after-ms": "50000" }, body: {} };
  });
  const embedder = await open(config);
  await expect(embedder.embed(["a"], { as: "query", signal: stop.signal })).rejects.toThrow("enough");
});

test.each([
  [{}],
  [{ model: "m" }],
  [{ baseUrl: "http://x/v1" }],
  [{ folder: "x", baseUrl: "http://x", model: "m" }],
])("a configuration like %j is refused", async (config) => {
  await expect(openEmbedder(config as EmbeddingConfig)).rejects.toMatchObject({
    code: "EMBEDDING_CONFIG",
    class: "config",
  });
});

test("the demo model's server has a scripted embedding", async () => {
  const model = await startDemoModel({ seed: 1, errorRate: 0 });
  toClose.push(() => model.close());
  const embedder = await open({ baseUrl: model.baseUrl, model: embeddingModelName });
  const [alarm, again, timer, note] = await embedder.embed(
    ["Set an alarm for 7:30", "Set an alarm for 7:30", "Set a timer for 7 minutes", "Delete the note"],
    { as: "query" },
  );
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  expect(alarm).toHaveLength(768);
  expect(again).toEqual(alarm);
  expect(cosine(alarm!, timer!)).toBeGreaterThan(cosine(alarm!, note!));
  const other = await open({ baseUrl: model.baseUrl, model: "unknown" });
  await expect(other.embed(["a"], { as: "query" })).rejects.toMatchObject({ code: "LLM_MODEL_NOT_FOUND" });
  const encoded = await fetch(`${model.baseUrl}/embeddings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: embeddingModelName,
      input: "Set an alarm for 7:30",
      encoding_format: "base64",
    }),
  });
  const { data } = (await encoded.json()) as { data: { embedding: string }[] };
  const bytes = Buffer.from(data[0]!.embedding, "base64");
  expect(bytes.readFloatLE(4)).toBeCloseTo(alarm![1]!, 5);
});
