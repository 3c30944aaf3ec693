import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { loadApis, parseApis } from "../../src/api/index.ts";

const docs = await readFile("docs/apis.md", "utf8");

test("the example of the document is taken as it is written", () => {
  const [, example] = /```yaml\n([\s\S]*?)```/u.exec(docs)!;
  expect(parseApis(example!, "example.yaml")).toMatchObject([
    {
      name: "my-clock.set-alarm",
      permission: "my-app.write",
      packages: ["com.google.android.deskclock", "com.android.deskclock"],
      params: [{ name: "hour" }, { name: "label", optional: true }],
      way: { kind: "intent" },
    },
  ]);
});

test("the document names every permission that there is", async () => {
  const permissions = new Set((await loadApis("emulators/apis")).map(({ permission }) => permission));
  for (const permission of permissions) expect(docs).toContain(`\`${permission}\``);
});
