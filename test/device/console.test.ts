import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { consoleCommand, emulatorSnapshots } from "../../src/device/console.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const token = "s3cret";
let server: Server | undefined;
afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  await removeFolders();
});

/** A console that wants `token` and answers commands by `serve`; bytes come in small pieces. */
async function startConsole(
  serve: (command: string) => string,
  auth = true,
): Promise<{ port: number; commands: string[] }> {
  const commands: string[] = [];
  const file = join(await newFolder(), ".emulator_console_auth_token");
  await writeFile(file, `${token}\n`);
  const started = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    let trusted = !auth;
    let rest = "";
    const greeting = auth
      ? `Android Console: Authentication required\r\nAndroid Console: type 'auth <auth_token>' to authenticate\r\nAndroid Console: you can find your <auth_token> in \r\n'${file}'\r\nOK\r\n`
      : "Android Console: type 'help' for a list of commands\r\nOK\r\n";
    for (const piece of greeting.match(/[^]{1,40}/gu)!) socket.write(piece);
    socket.on("data", (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        const command = rest.slice(0, end).trim();
        rest = rest.slice(end + 1);
        if (command.startsWith("auth ")) {
          trusted = command === `auth ${token}`;
          socket.write(
            trusted
              ? "Android Console: type 'help'\r\nOK\r\n"
              : "KO: authentication token does not match\r\n",
          );
        } else {
          commands.push(command);
          socket.write(trusted ? serve(command) : "KO: unknown command\r\n");
        }
      }
    });
  });
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, "127.0.0.1", resolve);
  });
  return { port: (started.address() as { port: number }).port, commands };
}

test.each([true, false])("a command's lines come without their OK (authentication: %s)", async (auth) => {
  const { port } = await startConsole(() => "sim\r\nOK\r\n", auth);
  expect(await consoleCommand("avd name", { port, timeoutMs: 5000 })).toEqual(["sim"]);
});

test.each(["OK-1", "KO-2"])("an emulator may be called %s", async (name) => {
  const { port } = await startConsole(() => `${name}\r\nOK\r\n`);
  expect(await consoleCommand("avd name", { port, timeoutMs: 5000 })).toEqual([name]);
});

describe("a fault", () => {
  test("is CONSOLE_REFUSED for KO", async () => {
    const { port } = await startConsole(() => "some words\r\nKO: no such snapshot\r\n");
    await expect(consoleCommand("avd snapshot load x", { port, timeoutMs: 5000 })).rejects.toMatchObject({
      code: "CONSOLE_REFUSED",
      class: "infra",
      message: `console command avd snapshot load on emulator-${port}: no such snapshot`,
    });
  });

  test("is DEVICE_TIMEOUT for silence", async () => {
    const { port } = await startConsole(() => "");
    await expect(consoleCommand("avd name", { port, timeoutMs: 50 })).rejects.toMatchObject({
      code: "DEVICE_TIMEOUT",
    });
  });

  test("is CONSOLE_UNREACHABLE where nobody listens", async () => {
    const { port } = await startConsole(() => "");
    await new Promise((resolve) => server!.close(resolve));
    server = undefined;
    await expect(consoleCommand("avd name", { port, timeoutMs: 5000 })).rejects.toMatchObject({
      code: "CONSOLE_UNREACHABLE",
    });
  });

  test("is a command that would be two", async () => {
    await expect(consoleCommand("avd name\nkill", { port: 1, timeoutMs: 1 })).rejects.toMatchObject({
      class: "config",
    });
  });
});

describe("snapshots", () => {
  const heading = "ID        TAG                 VM SIZE                DATE       VM CLOCK";
  const row = (name: string): string =>
    `--        ${name.padEnd(20)}   1.2G 2026-01-02 03:04:05   00:01:02.003`;
  const table = [
    "List of snapshots present on all disks:",
    heading,
    row("default_boot"),
    row("clean"),
    "OK",
    "",
  ].join("\r\n");

  const any = { avdName: "", settled: async () => {} };

  test("are listed, saved, loaded and deleted by name", async () => {
    const { port, commands } = await startConsole((command) =>
      command === "avd snapshot list" ? table : "OK\r\n",
    );
    let waits = 0;
    const snapshots = await emulatorSnapshots({ port, avdName: "", settled: async () => void waits++ });
    expect(await snapshots!.list()).toEqual(["default_boot", "clean"]);
    await snapshots!.save("a-1.b");
    expect(waits).toBe(0);
    await snapshots!.load("a-1.b");
    expect(waits).toBe(1);
    await snapshots!.delete("a-1.b");
    expect(commands).toEqual([
      "avd name",
      "avd snapshot list",
      "avd snapshot save a-1.b",
      "avd snapshot load a-1.b",
      "avd snapshot delete a-1.b",
    ]);
  });

  test.each([
    [`List of snapshots present on all disks:\r\n${heading}\r\n${row("clean")}\r\n`, ["clean"]],
    ["List of snapshots present on all disks:\r\nNone\r\n", []],
  ])("that one of its disks lacks cannot be loaded, and are not listed", async (whole, names) => {
    const partial = `\r\nList of partial (non-loadable) snapshots on 'cache':\r\n${heading}\r\n${row("half")}\r\n`;
    const { port } = await startConsole(() => `${whole}${partial}OK\r\n`);
    const snapshots = await emulatorSnapshots({ port, avdName: "", settled: async () => {} });
    expect(await snapshots!.list()).toEqual(names);
  });

  test("may be none", async () => {
    const { port } = await startConsole(() => "There is no snapshot available.\r\nOK\r\n");
    expect(await (await emulatorSnapshots({ port, ...any }))!.list()).toEqual([]);
  });

  test.each(["", "a b", "x\nkill", "-rf", "../x"])("have no name like %j", async (name) => {
    const { port, commands } = await startConsole(() => "OK\r\n");
    const snapshots = await emulatorSnapshots({ port, ...any });
    await expect(snapshots!.save(name)).rejects.toThrow("a snapshot's name");
    expect(commands).toEqual(["avd name"]);
  });

  test("are not offered where no console answers", async () => {
    const { port } = await startConsole(() => "KO: bad command\r\n");
    expect(await emulatorSnapshots({ port, ...any })).toBeUndefined();
  });

  test("are not offered where the console is another emulator's", async () => {
    const { port } = await startConsole(() => "pixel_6\r\nOK\r\n");
    expect(await emulatorSnapshots({ port, ...any, avdName: "androidgen" })).toBeUndefined();
    expect(await emulatorSnapshots({ port, ...any, avdName: "pixel_6" })).toBeDefined();
  });
});
