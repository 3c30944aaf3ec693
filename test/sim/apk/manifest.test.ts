import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readBinaryXml, BinaryXmlError } from "../../../src/sim/apk/binary-xml.ts";
import { ApkError, readManifest } from "../../../src/sim/apk/manifest.ts";
import { readZipFile, ZipError } from "../../../src/sim/apk/zip.ts";
import { driverApks } from "../../support/appium.ts";

describe("real APKs", () => {
  let server: Buffer;
  let settings: Buffer;
  let tests: Buffer;

  beforeAll(async () => {
    const apks = driverApks();
    [server, settings, tests] = await Promise.all([
      readFile(apks.server),
      readFile(apks.settings),
      readFile(apks.test),
    ]);
  });

  test("tell their package, version and what they ask for", () => {
    expect(readManifest(server)).toMatchObject({
      package: "io.appium.uiautomator2.server",
      versionName: expect.stringMatching(/^\d+\.\d+\.\d+$/u),
      permissions: expect.arrayContaining(["android.permission.INTERNET"]),
    });
    expect(readManifest(server).versionCode).toBeGreaterThan(200);
    expect(readManifest(settings)).toMatchObject({
      package: "io.appium.settings",
      instrumentations: [],
      permissions: expect.arrayContaining(["android.permission.WRITE_SETTINGS"]),
    });
  });

  test("name the instrumentation of a test, and the package it runs in", () => {
    expect(readManifest(tests)).toMatchObject({
      package: "io.appium.uiautomator2.server.test",
      instrumentations: [
        { runner: "androidx.test.runner.AndroidJUnitRunner", target: "io.appium.uiautomator2.server" },
      ],
    });
  });

  test("that are cut off are refused as no APK", () => {
    expect(() => readManifest(server.subarray(0, server.length / 2))).toThrow(ApkError);
    expect(() => readManifest(server.subarray(100))).toThrow(ApkError);
  });

  test("hold files of other names or none", () => {
    expect(readZipFile(server, "AndroidManifest.xml")!.readUInt16LE(0)).toBe(3);
    expect(readZipFile(server, "nothing")).toBeUndefined();
  });

  test("give an error and nothing else where bytes of the manifest are wrong", () => {
    const manifest = readZipFile(settings, "AndroidManifest.xml")!;
    fc.assert(
      fc.property(fc.nat(manifest.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(manifest);
        damaged[at] = byte;
        expect(faultOf(() => readBinaryXml(damaged)) ?? new BinaryXmlError()).toBeInstanceOf(BinaryXmlError);
      }),
    );
  });
});

test("whatever is no archive is told as such", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readZipFile(Buffer.from(bytes), "a")).toThrow(ZipError);
    }),
  );
});

function faultOf(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
