import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { fakeDevice, sh } from "../harness.ts";

let device: SimulatedDevice;

beforeEach(() => {
  device = fakeDevice();
});

afterEach(() => device.close());

const out = async (command: string, stdin?: string | Buffer): Promise<string> =>
  (await sh(device, command, stdin)).out;

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

describe("the shell", () => {
  test("gives exit codes, and Android's words for a command it does not know", async () => {
    expect(await sh(device, "exit 7")).toMatchObject({ out: "", err: "", code: 7 });
    expect(await sh(device, "foo bar")).toMatchObject({
      out: "",
      err: "/system/bin/sh: foo: inaccessible or not found\n",
      code: 127,
    });
    expect((await sh(device, "false || echo other && (exit 3)")).code).toBe(3);
    expect(await sh(device, "jq . x")).toMatchObject({ code: 127 });
  });

  test("has pipes, substitutions, loops and redirections", async () => {
    expect(await out("printf 'b\\na\\n' | sort | head -n 1")).toBe("a\n");
    expect(await out('x=$(getprop ro.product.model); echo "[$x]"')).toBe("[Pixel 6]\n");
    expect(await out("for i in 1 2; do echo $i > /sdcard/f$i; done; cat /sdcard/f1 /sdcard/f2")).toBe(
      "1\n2\n",
    );
    expect(await out('if [ -d "/sdcard/Music" ]; then echo "Exists"; else echo "Does not exist"; fi')).toBe(
      "Exists\n",
    );
    expect(await out("cd /sdcard && pwd && /system/bin/echo done")).toBe("/sdcard\ndone\n");
    expect(await out("sh -c 'echo \"$1\"' sh 'two words'")).toBe("two words\n");
  });

  test.each([
    "{ echo a; echo b; } > FILE",
    "(echo a; echo b) > FILE",
    "for i in a b; do echo $i; done > FILE",
    "if true; then echo a; echo b; fi > FILE",
    "f() { echo a; echo b; }; f > FILE",
    "eval 'echo a; echo b' > FILE",
    "sh -c 'echo a; echo b' > FILE",
    "printf 'b\\na\\n' | sort > FILE",
    "printf 'a\\nb\\n' > FILE 2>&1",
    "toybox echo a > FILE && su root echo b >> FILE",
    "cat > FILE <<END\na\nb\nEND",
  ])("redirects the output of %s", async (command) => {
    expect(await sh(device, command.replaceAll("FILE", "/sdcard/out.txt"))).toMatchObject({
      out: "",
      err: "",
      code: 0,
    });
    expect(device.files.readText("/sdcard/out.txt")).toBe("a\nb\n");
  });

  test("can be ended while a loop keeps it busy", async () => {
    const controller = new AbortController();
    let err = "";
    setTimeout(() => controller.abort(), 1);
    const code = await device.run("while true; do getprop x >/dev/null; done", {
      stdin: (async function* () {})(),
      stdout: () => {},
      stderr(chunk) {
        err += Buffer.from(chunk).toString();
      },
      signal: controller.signal,
    });
    expect(code).not.toBe(0);
    // It ended because it was told to, not because it ran into the shell's limit.
    expect(err).not.toContain("too many commands");
  });

  test("passes any argument through quotes unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme-ascii" }), async (text) => {
        expect(await out(`printf %s ${quote(text)}`)).toBe(text);
      }),
      { numRuns: 60 },
    );
    const hard = "'\"$%\\;`!*?~#&|<>(){}[] \t\nü文😀";
    expect(await out(`printf %s ${quote(hard)}`)).toBe(hard);
  });

  test("keeps bytes as they are, in and out", async () => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
    device.files.write("/sdcard/all.bin", bytes);
    expect((await sh(device, "cat /sdcard/all.bin")).bytes).toEqual(bytes);
    expect((await sh(device, "cat /sdcard/all.bin | cat")).bytes).toEqual(bytes);
    await sh(device, "cat > /sdcard/copy.bin", bytes);
    expect(Buffer.from(device.files.read("/sdcard/copy.bin"))).toEqual(bytes);
    expect((await sh(device, "screencap -p")).bytes.subarray(0, 4)).toEqual(
      Buffer.from([0x89, 0x50, 0x4e, 0x47]),
    );
    expect((await sh(device, "screencap")).bytes.length).toBe(16 + 1080 * 2400 * 4);
  });

  test("changes no word of a file that it prints", async () => {
    const text = "bash: foo: command not found\nrm: cannot remove 'x': No\n";
    device.files.write("/sdcard/log.txt", text);
    expect(await out("cat /sdcard/log.txt")).toBe(text);
    expect((await sh(device, "rm /sdcard/none")).err).toBe("rm: /sdcard/none: No such file or directory\n");
  });

  test("prints as it goes", async () => {
    const seen: string[] = [];
    await device.run("echo one; echo two >&2; echo three", {
      stdin: (async function* () {})(),
      stdout: (chunk) => seen.push(`out ${Buffer.from(chunk).toString()}`),
      stderr: (chunk) => seen.push(`err ${Buffer.from(chunk).toString()}`),
      signal: new AbortController().signal,
    });
    expect(seen).toEqual(["out one\n", "err two\n", "out three\n"]);
  });

  test("waits for standard input only where a command reads it", async () => {
    const open = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }),
    };
    for (const command of [
      "getprop",
      "echo 'x; cat'",
      "grep -c ro /system/build.prop",
      "ls | cat",
      "cat </dev/null",
    ]) {
      const code = await device.run(command, {
        stdin: open,
        stdout: () => {},
        stderr: () => {},
        signal: new AbortController().signal,
      });
      expect([command, code]).toEqual([command, 0]);
    }
    expect(await out("cat", "typed")).toBe("typed");
    expect(await out("head -n 1", "a\nb\n")).toBe("a\n");
    expect(
      await out(
        "sqlite3 /data/local/tmp/x.db",
        "CREATE TABLE t (a); INSERT INTO t VALUES (1);\nSELECT * FROM t;",
      ),
    ).toBe("1\n");
  });

  test("runs several command lines at once without mixing them", async () => {
    const lines = Array.from({ length: 8 }, (_, index) =>
      out(`cd /sdcard; X=${index}; for i in 1 2 3; do echo $X; done; pwd`),
    );
    const results = await Promise.all(lines);
    expect(results).toEqual(results.map((_, index) => `${index}\n`.repeat(3) + "/sdcard\n"));
  });

  test("sleeps on the device's clock, not on the host's", async () => {
    const before = device.phone.clock.now();
    await sh(device, "sleep 3600");
    expect(device.phone.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });

  test("ends an app that fails as Android does, and goes on", async () => {
    await sh(device, "am start -n com.example.notes/.AboutActivity");
    expect(await sh(device, "input tap 0 1")).toMatchObject({ out: "", err: "", code: 0 });
    const log = await out("logcat -d -s AndroidRuntime:E");
    expect(log).toContain("FATAL EXCEPTION: main");
    expect(log).toContain("Process: com.example.notes");
    expect(log).toContain("the about screen broke");
    expect(device.phone.activities.top().package).toBe("com.example.launcher");
    expect(await out("pidof com.example.notes")).toBe("");
    expect(await out("echo alive")).toBe("alive\n");
  });
});

describe("file tools", () => {
  test("know the phone's folders by all of their names", async () => {
    await sh(device, "echo hi > /storage/self/primary/a.txt");
    expect(await out("cat /sdcard/a.txt /storage/emulated/0/a.txt")).toBe("hi\nhi\n");
    expect(await out("ls /data/user/0/com.example.notes")).toBe("databases\n");
  });

  test("list as toybox does, with full times after -ll", async () => {
    device.files.write("/sdcard/Documents/1.txt", "abc", { mtime: Date.UTC(2023, 10, 28, 23, 17, 43, 176) });
    expect(await out("ls /sdcard/Documents -ll -au | grep 1.txt")).toBe(
      "-rw-rw---- 1 u0_a165 media_rw    3 2023-11-28 23:17:43.176000000 +0000 1.txt\n",
    );
    expect(await out("ls -1 /sdcard/Documents")).toBe("1.txt\n");
    expect(await sh(device, "ls /nope")).toMatchObject({
      err: "ls: /nope: No such file or directory\n",
      code: 1,
    });
  });

  test("copy folders with their times, and find and delete files", async () => {
    device.files.write("/sdcard/a/b/c.txt", "1", { mtime: 5000 });
    expect(
      (await sh(device, "mkdir -p /data/local/tmp/x && cp -a /sdcard/a/. /data/local/tmp/x/")).code,
    ).toBe(0);
    expect(device.files.stat("/data/local/tmp/x/b/c.txt").mtime).toBe(5000);
    expect(await out("find /data/local/tmp/x -type f -o -type d")).toBe(
      "/data/local/tmp/x\n/data/local/tmp/x/b\n/data/local/tmp/x/b/c.txt\n",
    );
    await sh(device, "find /data/local/tmp/x -type f -delete; rm -r /sdcard/a");
    expect(await out("find /data/local/tmp/x -type f")).toBe("");
    expect(device.files.exists("/sdcard/a")).toBe(false);
  });

  test("take the time from the device's clock", async () => {
    await sh(device, "date 0102030420.05; touch /sdcard/t");
    expect(device.files.stat("/sdcard/t").mtime).toBeGreaterThanOrEqual(Date.UTC(2020, 0, 2, 3, 4, 5));
    expect(device.files.stat("/sdcard/t").mtime).toBeLessThan(Date.UTC(2020, 0, 2, 3, 5, 0));
  });
});
