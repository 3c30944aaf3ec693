import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { missingEntries, platformOf } from "../../tools/complete-lock.ts";

describe("lock file", () => {
  test("holds the packages of every platform, or npm ci refuses it", async () => {
    const lock = JSON.parse(await readFile("package-lock.json", "utf8")) as {
      packages: Parameters<typeof missingEntries>[0];
    };
    expect(missingEntries(lock.packages)).toEqual({});
  });

  test.each([
    ["@napi-rs/canvas-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
    ["@napi-rs/canvas-linux-arm64-gnu", { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] }],
    ["@swc/core-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
    ["@oxlint/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
    ["@oxlint-tsgolint/darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
  ])("%s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  test("what is there is left alone, what is missing is added, what tells no platform is not guessed", () => {
    const parent = { "node_modules/a": { optionalDependencies: { "a-darwin-x64": "1.2.3" }, dev: true } };
    expect(missingEntries(parent)).toEqual({
      "node_modules/a-darwin-x64": {
        version: "1.2.3",
        cpu: ["x64"],
        dev: true,
        optional: true,
        os: ["darwin"],
      },
    });
    expect(missingEntries({ ...parent, "node_modules/a-darwin-x64": {} })).toEqual({});
    expect(() => missingEntries({ "node_modules/b": { optionalDependencies: { c: "1.0.0" } } })).toThrow(
      "without a platform",
    );
  });
});
