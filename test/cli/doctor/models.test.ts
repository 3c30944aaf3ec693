import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { DoctorCheck } from "../../../src/cli/doctor/check.ts";
import { checkModels } from "../../../src/cli/doctor/models.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  delete process.env["DOCTOR_TEST_KEY"];
  await removeFolders();
});

const key = "sk-doctor-0123456789";

/** An endpoint with these models, for those who have the key; `undefined`: it has no list. */
async function endpoint(models: readonly string[] | undefined, wantsKey = false): Promise<string> {
  return serving((request, response) => {
    const known = !wantsKey || request.headers.authorization === `Bearer ${key}`;
    const listed = models !== undefined && request.url === "/v1/models";
    response.writeHead(known ? (listed ? 200 : 404) : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ data: models?.map((id) => ({ id })) }));
  });
}

function failing(status: number, body: string): Promise<string> {
  return serving((_, response) => void response.writeHead(status).end(body));
}

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanups.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function modelsFile(...lines: string[]): Promise<string> {
  const file = path.join(await newFolder(), "models.yaml");
  await writeFile(file, lines.join("\n"));
  return file;
}

const statuses = (checks: readonly DoctorCheck[]) =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));
const found = (checks: readonly DoctorCheck[], name: string) =>
  checks.find((check) => check.name === name)?.found;

describe("doctor looks at models", () => {
  test("of a file: every endpoint with its key and its models, and what has no price", async () => {
    const [house, cloud] = [await endpoint(["small"]), await endpoint(["large", "larger"], true)];
    const models = await modelsFile(
      "endpoints:",
      `  house: { baseUrl: ${house} }`,
      `  cloud: { baseUrl: ${cloud}, keyEnv: DOCTOR_TEST_KEY }`,
      `  spare: { baseUrl: ${house} }`,
      "roles:",
      "  policy: { use: [{ endpoint: house, model: small }, { endpoint: cloud, model: large }] }",
      "  critic: { use: [{ endpoint: cloud, model: largest }] }",
      "prices: { large: { input: 1, output: 2 } }",
    );
    const look = () => checkModels({ apiKeyEnv: "UNUSED", models });
    const unset = await look();
    expect(statuses(unset)).toEqual({
      "model endpoint house": "ok",
      "model endpoint cloud": "missing",
      "model endpoint spare": "hint",
      "model prices": "hint",
    });
    expect(found(unset, "model endpoint cloud")).toContain("DOCTOR_TEST_KEY, which is not set");
    expect(found(unset, "model prices")).toBe("there is none of small, largest");

    process.env["DOCTOR_TEST_KEY"] = "sk-another-0123456789";
    expect(found(await look(), "model endpoint cloud")).toContain("refused the key (401)");

    process.env["DOCTOR_TEST_KEY"] = key;
    const set = await look();
    expect(set.find(({ name }) => name === "model endpoint cloud")).toMatchObject({
      status: "hint",
      found: expect.stringContaining("does not list largest"),
      mend: "it lists large, larger",
    });
    expect(JSON.stringify(set)).not.toContain(key);
  });

  test("of a file that is broken: every problem by its line", async () => {
    const models = await modelsFile("endpoints: {}", "roles: { policy: { use: [] } }");
    const [check] = await checkModels({ apiKeyEnv: "UNUSED", models });
    expect(check).toMatchObject({ name: "models file", status: "missing" });
    expect(check!.found).toContain("models.yaml:2: roles.policy.use");
  });

  test("that the options name: without a key where none is wanted, without a list, not there, or none", async () => {
    const at = async (baseUrl: string) => checkModels({ apiKeyEnv: "DOCTOR_TEST_KEY", baseUrl, model: "m" });
    expect(await at(await endpoint(["m"]))).toMatchObject([{ name: "model endpoint", status: "ok" }]);
    expect(await at(await endpoint(undefined))).toMatchObject([{ status: "hint" }]);
    // Such as an address without its /v1, where a web server may show a page as well.
    const [other] = await at((await endpoint(["m"])).replace("/v1", ""));
    expect(other).toMatchObject({ status: "hint", mend: expect.stringContaining("/v1") });
    const [broken] = await at(await failing(200, "<html>"));
    expect(broken).toMatchObject({ status: "hint", mend: expect.stringContaining("/v1") });
    const [down] = await at(await failing(503, "loading"));
    expect(down).toMatchObject({ status: "missing", found: expect.stringContaining("503") });
    expect(await at(await endpoint(["m"], true))).toMatchObject([
      { status: "missing", found: expect.stringContaining("wants a key (401)") },
    ]);
    expect(await at("http://user:secret@127.0.0.1:9/v1")).toMatchObject([
      { status: "missing", found: expect.not.stringContaining("secret") },
    ]);
    expect(await at("http://127.0.0.1:9/v1")).toMatchObject([
      { status: "missing", found: expect.stringContaining("does not answer") },
    ]);
    expect(await checkModels({ apiKeyEnv: "DOCTOR_TEST_KEY" })).toMatchObject([
      { name: "model endpoint", status: "missing", found: "none named" },
    ]);
  });
});
