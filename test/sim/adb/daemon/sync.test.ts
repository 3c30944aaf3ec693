import { duplexPair } from "node:stream";
import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFully } from "../../../../src/sim/adb/bytes.ts";
import { serveSync } from "../../../../src/sim/adb/daemon/sync.ts";
import { FakeHost } from "../fake-host.ts";
import { pieces, splitAt } from "../pieces.ts";

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
  host.files.write("/sdcard/a.txt", "hello", { mode: 0o640, mtime: 1_700_000_000_000 });
});

function head(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(id);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}

function request(id: string, path: string): Buffer {
  return Buffer.concat([head(id, Buffer.byteLength(path)), Buffer.from(path)]);
}

/** All that the service answers to those bytes until it ends. */
async function answers(...chunks: Buffer[]): Promise<Buffer> {
  const [client, device] = duplexPair();
  const served = serveSync(device, host).finally(() => device.end());
  for (const chunk of chunks) client.write(chunk);
  client.end();
  const out: Buffer[] = [];
  for await (const chunk of client) out.push(chunk as Buffer);
  await served;
  return Buffer.concat(out);
}

describe("stat", () => {
  test("v1 gives mode, size and time, or zeros", async () => {
    const reply = await answers(request("STAT", "/sdcard/a.txt"), request("STAT", "/none"));
    expect(reply.toString("latin1", 0, 4)).toBe("STAT");
    expect([4, 8, 12].map((at) => reply.readUInt32LE(at))).toEqual([0o100640, 5, 1_700_000_000]);
    expect(reply.subarray(20)).toEqual(Buffer.alloc(12));
  });

  test("v2 gives them too, or an errno", async () => {
    const reply = await answers(request("LST2", "/sdcard"), request("STA2", "/none"));
    expect(reply.length).toBe(144);
    expect(reply.readUInt32LE(24) & 0o170000).toBe(0o040000);
    expect(reply.toString("latin1", 72, 76)).toBe("STA2");
    expect(reply.readUInt32LE(76)).toBe(2);
  });
});

test("listing names the files of a folder, and nothing for what is no folder", async () => {
  const names = (reply: Buffer, size: number) => {
    const found: string[] = [];
    for (let at = 0; reply.toString("latin1", at, at + 4) !== "DONE";) {
      const length = reply.readUInt32LE(at + size - 4);
      found.push(reply.toString("utf8", at + size, at + size + length));
      at += size + length;
    }
    return found;
  };
  expect(names(await answers(request("LIST", "/sdcard")), 20)).toContain("a.txt");
  expect(names(await answers(request("LIS2", "/sdcard")), 76)).toContain("a.txt");
  expect((await answers(request("LIS2", "/none"))).subarray(-76).toString("latin1", 0, 4)).toBe("DONE");
});

describe("send", () => {
  test("writes content, mode and time, wherever the bytes are split", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 90 })),
        pieces,
        fc.boolean(),
        async (data, cuts, v2) => {
          const setup = Buffer.concat([head("SND2", 0o100604), Buffer.alloc(4)]);
          const start = v2 ? [request("SND2", "/sdcard/b"), setup] : [request("SEND", "/sdcard/b,33156")];
          const records = data.flatMap((bytes) => [head("DATA", bytes.length), Buffer.from(bytes)]);
          const sent = Buffer.concat([
            ...start,
            ...records,
            head("DONE", 1_600_000_001),
            request("QUIT", ""),
          ]);
          expect(await answers(...splitAt(sent, cuts))).toEqual(head("OKAY", 0));
          expect(Buffer.from(host.files.read("/sdcard/b"))).toEqual(Buffer.concat(data));
          expect(host.files.stat("/sdcard/b")).toMatchObject({ mode: 0o604, mtime: 1_600_000_001_000 });
        },
      ),
    );
  });

  const done = head("DONE", 1);
  test.each([
    [
      "a folder in the place",
      [request("SEND", "/sdcard,33188"), done],
      "couldn't create file: Is a directory",
    ],
    [
      "a read-only place",
      [request("SEND", "/system/x,33188"), done],
      "couldn't create file: Read-only file system",
    ],
    ["no mode", [request("SEND", "/sdcard/b"), done], "missing , in ID_SEND_V1"],
    ["a mode that is none", [request("SEND", "/sdcard/b,x"), done], "bad mode"],
    [
      "a symbolic link",
      [request("SEND", "/sdcard/b,41471"), done],
      "symlink failed: Operation not permitted",
    ],
    ["another record", [request("SEND", "/sdcard/b,33188"), head("STAT", 0)], "invalid data message"],
    ["too much at once", [request("SEND", "/sdcard/b,33188"), head("DATA", 70_000)], "oversize data message"],
    [
      "compression",
      [request("SND2", "/sdcard/b"), head("SND2", 420), head("\x01\0\0\0", 0)],
      "unknown flags: 1",
    ],
    ["an unknown request", [request("WHAT", "")], "unknown command 54414857"],
    ["a path too long", [request("STAT", "x".repeat(1025))], "path too long"],
  ])("fails with adbd's words for %s, and leaves nothing behind", async (_, chunks, reason) => {
    expect(await answers(...chunks)).toEqual(
      Buffer.concat([head("FAIL", reason.length), Buffer.from(reason)]),
    );
    expect(host.files.list("/sdcard")).toEqual(["a.txt"]);
  });

  test("writes nothing of a file that breaks off", async () => {
    const [client, device] = duplexPair();
    client.write(Buffer.concat([request("SEND", "/sdcard/b,33188"), head("DATA", 10), Buffer.from("abc")]));
    client.end();
    await expect(serveSync(device, host)).rejects.toThrow("ended after 3 of 10 bytes");
    expect(host.files.exists("/sdcard/b")).toBe(false);
  });
});

test("receive sends records of at most 64 KiB, or the reason why not", async () => {
  host.files.write("/sdcard/big", Buffer.alloc(150_000, 9));
  const [client, device] = duplexPair();
  const served = serveSync(device, host);
  client.write(request("RECV", "/sdcard/big"));
  const sizes: number[] = [];
  for (;;) {
    const record = await readFully(client, 8);
    if (record.toString("latin1", 0, 4) === "DONE") break;
    sizes.push(record.readUInt32LE(4));
    await readFully(client, sizes.at(-1)!);
  }
  expect(sizes).toEqual([65_536, 65_536, 18_928]);
  client.end();
  await served;

  const reply = await answers(request("RCV2", "/none"), head("RCV2", 0));
  expect(reply.toString("utf8", 8)).toBe("open failed: No such file or directory");
  expect(host.delays).toContain("sync");
});
