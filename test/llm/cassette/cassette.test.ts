import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type CassetteMode,
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  type ChatResponse,
  openCassette,
} from "../../../src/llm/index.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";

afterEach(removeFolders);

const newTape = async () => path.join(await newFolder(), "tape.jsonl");

function asking(text: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return { role: "policy", messages: [{ role: "user", content: text }], ...more };
}

function reply(text: string, more: Partial<ChatResponse> = {}): ChatResponse {
  return {
    text,
    model: "fake-1",
    usage: { promptTokens: 12, completionTokens: 3 },
    latencyMs: 12.345_678_9,
    attempts: 1,
    ...more,
  };
}

/** Answers with the number of the call. */
function countingModel(): ChatModel & { calls: number } {
  const model = {
    calls: 0,
    async complete() {
      model.calls++;
      return reply(`reply ${model.calls}`);
    },
  };
  return model;
}

const noModel: ChatModel = {
  complete: async () => {
    throw new Error("the model was asked");
  },
};

async function withCassette<T>(
  file: string,
  mode: CassetteMode,
  model: ChatModel,
  use: (model: ChatModel) => Promise<T>,
): Promise<T> {
  const cassette = await openCassette(file, mode);
  try {
    return await use(cassette.wrap(model));
  } finally {
    await cassette.close();
  }
}

const record = async (file: string, model: ChatModel, ...requests: ChatRequest[]) =>
  withCassette(file, "record", model, async (taped) => {
    for (const request of requests) await taped.complete(request);
  });

test("a reply comes back as it was recorded, whatever it holds", async () => {
  const response = fc.record(
    {
      text: fc.string({ unit: "binary" }),
      thinking: fc.string({ unit: "grapheme" }),
      endpoint: fc.string(),
      settings: fc.record({ temperature: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }) }),
      costUsd: fc.double({ min: 0, max: 1, noNaN: true }),
      model: fc.string(),
      usage: fc.record({ promptTokens: fc.nat(), completionTokens: fc.nat() }),
      latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      attempts: fc.integer({ min: 1, max: 9 }),
      truncated: fc.constant(true),
    },
    { requiredKeys: ["text", "model", "usage", "latencyMs", "attempts"] },
  );
  const file = await newTape();
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(response, async (made) => {
      const request = asking(`question ${++asked}`);
      await record(file, { complete: async () => made }, request);
      const played = await withCassette(file, "strict", noModel, (model) => model.complete(request));
      expect(JSON.stringify(played)).toBe(JSON.stringify(made));
    }),
    { numRuns: 40 },
  );
});

test("equal requests are answered in the order in which they were asked, whatever order their replies came in", async () => {
  const file = await newTape();
  const answers: ((text: string) => void)[] = [];
  const slow: ChatModel = {
    complete: () => new Promise((resolve) => answers.push((text) => resolve(reply(text)))),
  };
  await withCassette(file, "record", slow, async (model) => {
    const first = model.complete(asking("same"));
    const second = model.complete(asking("same"));
    answers[1]!("second");
    await second;
    answers[0]!("first");
    await first;
  });
  await withCassette(file, "strict", noModel, async (model) => {
    expect((await model.complete(asking("same"))).text).toBe("first");
    expect((await model.complete(asking("same"))).text).toBe("second");
    await expect(model.complete(asking("same"))).rejects.toMatchObject({
      code: "CASSETTE_MISS",
      class: "config",
      message: expect.stringContaining("asked 2 times when the tape was recorded"),
    });
  });
});

test("what episodes ask at the same time may come in any order", async () => {
  const file = await newTape();
  const echo: ChatModel = {
    complete: async ({ messages }) => reply(`to ${messages[0]!.content as string}`),
  };
  const questions = Array.from({ length: 60 }, (_, i) => asking(`question ${i}`));
  await withCassette(file, "record", echo, (model) =>
    Promise.all(questions.map((request) => model.complete(request))),
  );
  await withCassette(file, "strict", noModel, async (model) => {
    const played = await Promise.all(questions.toReversed().map((request) => model.complete(request)));
    expect(played.map(({ text }) => text).toReversed()).toEqual(questions.map((_, i) => `to question ${i}`));
  });
});

const picture = (bytes: string): ChatMessage[] => [
  {
    role: "user",
    content: [
      { type: "text", text: "what is this?" },
      { type: "image", bytes: Buffer.from(bytes), mediaType: "image/png" },
    ],
  },
];

test.each<[string, ChatRequest]>([
  ["role", asking("question", { role: "critic" })],
  ["text", asking("question?")],
  ["seed", asking("question", { seed: 2 })],
  ["hardness", asking("question", { hard: true })],
  ["speaker", { role: "policy", messages: [{ role: "system", content: "question" }] }],
  ["parts", { role: "policy", messages: [{ role: "user", content: [{ type: "text", text: "question" }] }] }],
  ["picture", { role: "policy", messages: picture("another") }],
])("a request of another %s is another request", async (_, request) => {
  const file = await newTape();
  await record(file, countingModel(), asking("question"), { role: "policy", messages: picture("one") });
  await withCassette(file, "strict", noModel, async (model) => {
    await expect(model.complete(request)).rejects.toMatchObject({ code: "CASSETTE_MISS" });
  });
});

test("pictures and prompts are not on the tape, and the same picture finds its reply", async () => {
  const file = await newTape();
  const request: ChatRequest = { role: "policy", messages: picture("a secret picture") };
  await record(file, countingModel(), request);
  const text = await readFile(file, "utf8");
  expect(text).not.toContain("secret");
  expect(text).not.toContain(Buffer.from("a secret picture").toString("base64"));
  expect(text).not.toContain("what is this?");
  const played = await withCassette(file, "strict", noModel, (model) => model.complete(request));
  expect(played.text).toBe("reply 1");
});

test("a replay asks the model for what is not on the tape, and does not tape it", async () => {
  const file = await newTape();
  await record(file, countingModel(), asking("known"));
  const before = await readFile(file, "utf8");
  const model: ChatModel = { complete: async () => reply("from the model") };
  await withCassette(file, "replay", model, async (taped) => {
    expect((await taped.complete(asking("known"))).text).toBe("reply 1");
    expect((await taped.complete(asking("new"))).text).toBe("from the model");
  });
  expect(await readFile(file, "utf8")).toBe(before);
});

test("a miss names the role, the prompt and the nearest mend, and quotes nothing of the prompt", async () => {
  const file = await newTape();
  const system = "You operate an Android phone. ".repeat(4);
  const request = (goal: string): ChatRequest => ({
    role: "planner",
    messages: [
      { role: "system", content: system },
      { role: "user", content: goal },
    ],
  });
  await record(file, countingModel(), request("Turn off Wi-Fi"));
  await withCassette(file, "strict", noModel, async (model) => {
    await expect(model.complete(request("Call my doctor"))).rejects.toMatchObject({
      code: "CASSETTE_MISS",
      message: expect.stringMatching(
        /planner request \([0-9a-f]{12}, prompt [0-9a-f]{12}\): .*none is the same/u,
      ),
    });
    await expect(model.complete(asking("Call my doctor"))).rejects.toMatchObject({
      message: expect.stringMatching(/no prompt on it begins like this.*record it anew/u),
    });
    await expect(model.complete(request("Call my doctor"))).rejects.not.toMatchObject({
      message: expect.stringContaining("doctor"),
    });
  });
});

test("failed and aborted calls are not taped, and a repeated one is found", async () => {
  const file = await newTape();
  let calls = 0;
  const shaky: ChatModel = {
    async complete({ signal }) {
      signal?.throwIfAborted();
      if (++calls === 1) throw new Error("busy");
      return reply("at last");
    },
  };
  await withCassette(file, "record", shaky, async (model) => {
    await expect(model.complete(asking("question"))).rejects.toThrow("busy");
    await expect(
      model.complete(asking("question", { signal: AbortSignal.abort(new Error("stopped")) })),
    ).rejects.toThrow("stopped");
    await model.complete(asking("question"));
  });
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(3);
  await withCassette(file, "strict", noModel, async (model) => {
    await expect(
      model.complete(asking("question", { signal: AbortSignal.abort(new Error("stopped")) })),
    ).rejects.toThrow("stopped");
    expect((await model.complete(asking("question"))).text).toBe("at last");
  });
});

test("a cassette that is there is continued", async () => {
  const file = await newTape();
  await record(file, countingModel(), asking("same"));
  await record(file, { complete: async () => reply("later") }, asking("same"), asking("other"));
  await withCassette(file, "strict", noModel, async (model) => {
    expect((await model.complete(asking("same"))).text).toBe("reply 1");
    expect((await model.complete(asking("same"))).text).toBe("later");
    expect((await model.complete(asking("other"))).text).toBe("later");
  });
});

test("one program at a time records a cassette", async () => {
  const file = await newTape();
  const cassette = await openCassette(file, "record");
  await expect(openCassette(file, "record")).rejects.toMatchObject({
    code: "CASSETTE_IN_USE",
    class: "config",
  });
  await cassette.close();
  await (await openCassette(file, "record")).close();
});

test("a last line that a killed program left half written is left out, and recording goes on before it", async () => {
  const file = await newTape();
  await record(file, countingModel(), asking("one"), asking("two"));
  const whole = await readFile(file);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (cut) => {
      await writeFile(file, whole);
      await truncate(file, whole.length - cut);
      // Without its line feed alone, the line is whole.
      const warnings: string[] = [];
      const cassette = await openCassette(file, "record", { onWarning: (message) => warnings.push(message) });
      await cassette.wrap({ complete: async () => reply("three") }).complete(asking("three"));
      await cassette.close();
      expect(warnings).toEqual(
        cut === 1 ? [] : [expect.stringContaining("tape.jsonl:3: the last line is not whole")],
      );
      await withCassette(file, "strict", noModel, async (model) => {
        expect((await model.complete(asking("one"))).text).toBe("reply 1");
        expect((await model.complete(asking("three"))).text).toBe("three");
        const second = model.complete(asking("two")).then(
          ({ text }) => text,
          () => "lost",
        );
        expect(await second).toBe(cut === 1 ? "reply 2" : "lost");
      });
    }),
    { numRuns: 20 },
  );
});

test("a broken line within the tape is named by file and line", async () => {
  const file = await newTape();
  await record(file, countingModel(), asking("one"));
  await appendFile(file, '{"key": "not one of ours"}\n');
  await record(file, countingModel(), asking("two")).catch(() => {});
  for (const mode of ["record", "replay", "strict"] as const) {
    await expect(openCassette(file, mode)).rejects.toMatchObject({
      code: "CASSETTE_BROKEN",
      class: "config",
      message: expect.stringContaining("tape.jsonl:3: "),
    });
  }
});

test("a file that is no cassette is refused and left as it is", async () => {
  const file = await newTape();
  await writeFile(file, "dear diary\nand more");
  await expect(openCassette(file, "record")).rejects.toMatchObject({ code: "CASSETTE_BROKEN" });
  expect(await readFile(file, "utf8")).toBe("dear diary\nand more");
  await writeFile(file, '{"cassette":"androidgen","version":2}\n');
  await expect(openCassette(file, "record")).rejects.toMatchObject({ code: "CASSETTE_TOO_NEW" });
  await expect(openCassette(path.join(path.dirname(file), "none"), "strict")).rejects.toMatchObject({
    code: "CASSETTE_NOT_FOUND",
    class: "config",
  });
  await expect(openCassette(path.dirname(file), "strict")).rejects.toMatchObject({
    code: "CASSETTE_UNUSABLE",
    class: "config",
  });
});
