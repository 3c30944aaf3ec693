import { createServer, type Server } from "node:http";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { checkAppium, checkAppiumServer, checkJava } from "../../../src/cli/doctor/appium.ts";
import { bounded } from "../../../src/cli/doctor/check.ts";
import { ask } from "../../../src/cli/doctor/programs.ts";
import { fakeMachine, fakeProgram } from "../../support/fake-machine.ts";
import { removeFolders } from "../../support/folder.ts";

let server: Server | undefined;

afterEach(async () => {
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  server = undefined;
  await removeFolders();
});

async function serve(status: number, body: unknown): Promise<string> {
  server = createServer((request, response) => {
    response.writeHead(request.url === "/base/status" ? status : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/base`;
}

test("Appium and its driver are those that androidgen brings, with what goes onto a device", async () => {
  const [appium, driver] = await checkAppium({ needed: true });
  expect(appium).toMatchObject({
    name: "Appium",
    status: "ok",
    found: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(driver).toMatchObject({
    status: "ok",
    found: expect.stringMatching(/^\d+\.\d+\.\d+, with .*androidTest\.apk.*server-v.*\.apk.*settings.*\.apk/),
  });
});

describe("an Appium server of somebody else", () => {
  test("tells its version", async () => {
    const url = await serve(200, { value: { ready: true, build: { version: "3.8.0" } } });
    expect(await checkAppiumServer(`${url}/`)).toMatchObject({
      status: "ok",
      found: `${url}/, version 3.8.0`,
    });
  });

  test("that is not ready, or is something else, is missing", async () => {
    expect(await checkAppiumServer(await serve(200, { value: { ready: false } }))).toMatchObject({
      status: "missing",
    });
    expect(await checkAppiumServer("http://127.0.0.1:9")).toMatchObject({
      status: "missing",
      found: expect.stringContaining("does not answer"),
      mend: expect.stringContaining("--appium-url"),
    });
  });
});

describe("Java", () => {
  test("tells its version on standard error, or wherever it does", async () => {
    const machine = await fakeMachine();
    await fakeProgram(path.join(machine.bin, "java"), 'openjdk version "17.0.15" 2025-04-15\nmore');
    expect(await checkJava(machine)).toEqual({
      name: "Java",
      status: "ok",
      found: 'openjdk version "17.0.15" 2025-04-15',
    });
  });

  test("is the one of JAVA_HOME where that is set", async () => {
    const machine = await fakeMachine();
    await fakeProgram(path.join(machine.bin, "java"), "on the path");
    machine.env["JAVA_HOME"] = path.join(machine.folder, "jdk");
    expect(await checkJava(machine)).toMatchObject({
      status: "hint",
      mend: expect.stringContaining("unset JAVA_HOME"),
    });
    await fakeProgram(path.join(machine.folder, "jdk", "bin", "java"), "of the variable");
    expect(await checkJava(machine)).toMatchObject({ status: "ok", found: "of the variable" });
  });

  test("is never more than a hint", async () => {
    expect(await checkJava(await fakeMachine())).toMatchObject({ status: "hint", mend: expect.any(String) });
  });
});

test("a program that does not answer is ended, and said to hang", async () => {
  const machine = await fakeMachine();
  await expect(ask(machine, process.execPath, ["-e", "setInterval(() => {}, 1000)"], 200)).rejects.toThrow(
    "no answer within 0.2 s",
  );
});

describe("a check", () => {
  test("that hangs or fails is a finding like any other", async () => {
    const hangs = new Promise<never>(() => {});
    expect(await bounded("disk", hangs, 5)).toMatchObject([
      { name: "disk", status: "missing", found: expect.stringContaining("no answer within") },
    ]);
    expect(await bounded("disk", Promise.reject(new Error("EIO")))).toMatchObject([
      { name: "disk", status: "missing", found: expect.stringContaining("EIO") },
    ]);
  });
});
