import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeMessage } from "../../../../src/sim/adb/console/message.ts";
import { snapshotTable } from "../../../../src/sim/adb/console/snapshot-table.ts";
import { type EmulatorConsole, startConsole } from "../../../../src/sim/adb/index.ts";
import { newFolder, removeFolders } from "../../../support/folder.ts";
import { FakeHost } from "../fake-host.ts";

let host: FakeHost;
let tokenFile: string;
let emulatorConsole: EmulatorConsole | undefined;

beforeEach(async () => {
  host = new FakeHost();
  tokenFile = path.join(await newFolder(), ".emulator_console_auth_token");
});

afterEach(async () => {
  await emulatorConsole?.close();
  emulatorConsole = undefined;
  await removeFolders();
});

/** All that the console says to those lines, until it closes. */
async function say(...lines: string[]): Promise<string> {
  emulatorConsole ??= await startConsole(host, { tokenFile });
  const socket = connect({ port: emulatorConsole.port, host: "127.0.0.1" });
  socket.write([...lines, "quit"].map((line) => `${line}\n`).join(""));
  return await text(socket);
}

describe("authentication", () => {
  test("makes a token that only its owner can read, and asks for it", async () => {
    const greeting = await say("avd snapshot list", "avd name", "auth wrong", "kill");
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    expect(greeting.split("\r\n").slice(0, 5)).toEqual([
      "Android Console: Authentication required",
      "Android Console: type 'auth <auth_token>' to authenticate",
      "Android Console: you can find your <auth_token> in ",
      `'${tokenFile}'`,
      "OK",
    ]);
    expect(greeting).toContain("KO:  bad sub-command\r\nfake_avd\r\nOK\r\n");
    expect(greeting).toContain("KO: authentication token does not match");
    expect(greeting).toContain("KO: unknown command, try 'help'");
    expect(host.killed).toBe(false);

    const token = await readFile(tokenFile, "utf8");
    expect(token).toMatch(/^[A-Za-z0-9+/]{16}$/);
    expect(await say(`auth ${token}`, "ping")).toMatch(
      /OK\r\nAndroid Console: type 'help' for a list of commands\r\nOK\r\nI am alive!\r\nOK\r\n$/,
    );
  });

  test("asks for none where the file is empty", async () => {
    await writeFile(tokenFile, "\n");
    expect(await say("ping")).toBe(
      "Android Console: type 'help' for a list of commands\r\nOK\r\nI am alive!\r\nOK\r\n",
    );
  });

  test("a token file that cannot be read stops the start", async () => {
    await mkdir(tokenFile);
    await expect(startConsole(host, { tokenFile })).rejects.toMatchObject({
      code: "CONSOLE_TOKEN",
      class: "config",
    });
  });
});

describe("commands", () => {
  const hint = "Android Console: type 'help' for a list of commands\r\nOK\r\n";
  beforeEach(() => writeFile(tokenFile, ""));
  const answer = async (...lines: string[]) =>
    (await say(...lines)).slice(hint.length).replaceAll("\r\n", "\n");

  test("snapshots are saved, listed, loaded and deleted", async () => {
    expect(await answer("avd snapshot list")).toBe("There is no snapshot available.\nOK\n");
    expect(await answer("avd snapshot save clean", "avd snapshot list")).toBe(
      [
        "OK",
        "List of snapshots present on all disks:",
        "ID        TAG                 VM SIZE                DATE       VM CLOCK",
        "--        clean                   75M 2023-11-14 22:13:20   00:00:00.000",
        "OK\n",
      ].join("\n"),
    );
    expect(await answer("avd snapshot load clean", "avd snapshot del clean")).toBe("OK\nOK\n");
    expect(await answer("avd snapshot load clean")).toBe("KO: Snapshot 'clean' does not exist\n");
    expect(await answer("avd snapshot delete clean")).toBe("KO: Snapshot 'clean' does not exist\n");
    expect(await answer("avd snapshot save")).toBe("KO: Argument missing, try 'avd snapshot save <name>'\n");
  });

  test("the device is named", async () => {
    expect(await answer("avd name", "avd status", "avd path")).toBe(
      "fake_avd\nOK\nvirtual device is running\nOK\nNO_AVD_INFO\nOK\n",
    );
  });

  test("messages arrive with their escapes resolved", async () => {
    expect(await answer(String.raw`sms send +1-555 two words\nand \u00e9 \\`)).toBe("OK\n");
    expect(host.received).toEqual([{ number: "+1-555", text: "two words\nand é \\" }]);
    expect(await answer("sms send 123")).toContain("KO: missing argument");
    expect(await answer("sms send abc hello")).toContain("KO: bad phone number");
    expect(await answer(String.raw`sms send 123 \q`)).toMatch(/KO: badly formatted text\n$/);
    expect(host.received).toHaveLength(1);
  });

  test("faults are set, listed and cleared, and what cannot be is refused with what can", async () => {
    expect(await answer("fault set slow-source ms=500 times=3", "fault set offline", "fault list")).toBe(
      "OK\nOK\nslow-source times=3 ms=500\noffline\nOK\n",
    );
    expect(host.faults.active("offline")).toBe(true);
    expect(await answer("fault clear offline", "fault list")).toBe("OK\nslow-source times=3 ms=500\nOK\n");
    expect(await answer("fault clear", "fault list")).toBe("OK\nOK\n");
    expect(await answer("fault set", "fault clear rust")).toMatch(
      /^KO: no fault is named; the faults are offline, [^\n]*\nKO: there is no fault 'rust'; the faults are /,
    );
    expect(await answer("fault set hang ms=5")).toBe(
      "KO: 'ms=5' is no setting of 'hang', which takes times=N\n",
    );
    expect(await answer("fault set hang times=0")).toBe(
      "KO: times of 'hang' must be between 1 and 86400000\n",
    );
    expect(host.faults.list()).toEqual([]);
    expect(await answer("help fault")).toContain("set a fault: NAME [times=N] [ms=N]");
  });

  test("a snapshot that cannot be loaded is refused as QEMU does", async () => {
    await answer("avd snapshot save clean", "fault set snapshot-error times=1");
    expect(await answer("avd snapshot load clean")).toBe("KO: Error -22 while loading VM state\n");
    expect(await answer("avd snapshot load clean")).toBe("OK\n");
  });

  test("what is not known is refused, with help", async () => {
    expect(await answer("fly", "")).toBe("KO: unknown command, try 'help'\n".repeat(2));
    expect(await answer("avd")).toMatch(
      /available sub-commands:\n[^]*snapshot[^]*KO: missing sub-command\n$/,
    );
    expect(await answer("sms receive 1")).toMatch(/KO:  bad sub-command\n$/);
    expect(await answer("help")).toMatch(/^Android console commands:\n {4}help\|h\|\?\n[^]*OK\n$/);
    expect(await answer("help sms")).toContain("send inbound SMS text message");
    expect(await answer("help fly")).toMatch(/KO: unknown command\n$/);
  });

  test("a web page's request runs nothing", async () => {
    expect(await answer("POST / HTTP/1.1", "avd snapshot save x")).toBe(
      "KO: Forbidden HTTP request. Aborting\n",
    );
    expect(host.saved.size).toBe(0);
  });

  test("kill answers, then ends the emulator", async () => {
    expect(await answer("kill")).toBe("OK: killing emulator, bye bye\n");
    expect(host.killed).toBe(true);
  });
});

test("snapshot sizes are written as QEMU writes them", () => {
  const size = (sizeBytes: number) =>
    snapshotTable([{ name: "s", sizeBytes, savedAt: 0 }])[2]!
      .slice(30, 37)
      .trim();
  expect([0, 999, 1024, 10_240, 1_048_576, 78_643_200, 1_288_490_189].map(size)).toEqual([
    "0",
    "999",
    "1.0K",
    "10K",
    "1.0M",
    "75M",
    "1.2G",
  ]);
});

test("any text can be written as a message", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (message) => {
      const escaped = message.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
      expect(decodeMessage(escaped)).toBe(message);
    }),
  );
});
