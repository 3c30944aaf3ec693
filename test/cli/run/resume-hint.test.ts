import { expect, test } from "@jest/globals";
import { resumeCommand } from "../../../src/cli/run/resume-hint.ts";

const usual = {
  db: "trajectories/androidgen.db",
  adbHost: "127.0.0.1",
  adbPort: 5037,
  apiKeyEnv: "OPENAI_API_KEY",
};

test("what is as usual is left out", () => {
  expect(resumeCommand("r1", usual)).toBe("androidgen run --resume r1");
});

test("devices, database and models are those that were named, each a word of its own for a shell", () => {
  const options = {
    ...usual,
    db: "my runs/it's.db",
    adbPort: 5137,
    device: ["emulator-5554", "emulator-5556"],
    baseUrl: "http://localhost:8000/v1",
    model: "my-model",
    budgetTokens: 100,
    apis: "my apis",
    embeddings: "e5.yaml",
  };
  expect(resumeCommand("r1", options)).toBe(
    "androidgen run --resume r1 --db 'my runs/it'\\''s.db' --adb-port 5137 --device emulator-5554 emulator-5556 " +
      "--apis 'my apis' --embeddings e5.yaml --base-url http://localhost:8000/v1 --model my-model",
  );
  // The run keeps its budget, unless a larger one is named.
  expect(resumeCommand("r1", options, { budgetTokens: 200 })).toMatch(/ --budget-tokens 200$/);
});
