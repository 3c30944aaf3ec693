import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { driverApks } from "../../support/appium.ts";
import { fakeDevice, sh } from "../harness.ts";

const settings = "io.appium.settings";
const server = "io.appium.uiautomator2.server";

let device: SimulatedDevice;
let fresh: ReturnType<SimulatedDevice["save"]>;
let apk: Buffer;
let serverApk: Buffer;

beforeAll(async () => {
  device = fakeDevice();
  fresh = device.save();
  const files = driverApks();
  [apk, serverApk] = await Promise.all([readFile(files.settings), readFile(files.server)]);
});
beforeEach(() => device.restore(fresh));
afterAll(() => device.close());

async function out(command: string, stdin?: Buffer): Promise<string> {
  return (await sh(device, command, stdin)).out;
}

describe("an APK that is streamed in", () => {
  test("is known to every command that tells of packages", async () => {
    expect(await out(`cmd package install '-r' '-g' '-S' '${apk.length}'`, apk)).toBe("Success\n");
    expect(await out("pm list packages --show-versioncode appium")).toMatch(
      /^package:io\.appium\.settings versionCode:\d+\n$/u,
    );
    expect(await out(`pm path ${settings}`)).toBe(`package:/data/app/${settings}-1/base.apk\n`);
    const dump = await out(`dumpsys package ${settings}`);
    expect(dump).toMatch(/versionCode=\d+ .*\n\s+versionName=\d+\.\d+\.\d+/u);
    expect(dump).toContain("android.permission.WRITE_SETTINGS: granted=true");
    expect(device.phone.files.read(`/data/app/${settings}-1/base.apk`)).toHaveLength(apk.length);
  });

  test("is read to its last byte and no further: the client keeps its stream open", async () => {
    const code = await device.run(`cmd package install -S ${apk.length}`, {
      stdin: (async function* () {
        yield apk.subarray(0, 1000);
        yield Buffer.concat([apk.subarray(1000), Buffer.from("more")]);
        await new Promise(() => {});
      })(),
      stdout: () => {},
      stderr: () => {},
      signal: new AbortController().signal,
    });
    expect(code).toBe(0);
    expect(device.phone.packages.get(settings)).toBeDefined();
  });

  test("has no icon, and its activities do not start", async () => {
    await out(`cmd package install -S ${serverApk.length}`, serverApk);
    expect(await out(`cmd package resolve-activity --brief ${server}`)).toContain("No activity found");
    expect(await sh(device, `am start -n ${server}/.Main`)).toMatchObject({
      code: 1,
      err: `Error type 3\nError: Activity class {${server}/${server}.Main} does not exist.\n`,
    });
  });

  test("goes with a snapshot, and comes with one", async () => {
    await out(`cmd package install -S ${apk.length}`, apk);
    const state = device.save();
    device.restore(fresh);
    expect(await out(`pm path ${settings}`)).toBe("");
    device.restore(state);
    expect(await out(`pm path ${settings}`)).toContain("base.apk");
  });

  test("is removed with its files", async () => {
    await out(`cmd package install -S ${apk.length}`, apk);
    expect(await out(`pm uninstall ${settings}`)).toBe("Success\n");
    expect(await sh(device, `pm path ${settings}`)).toMatchObject({ out: "", code: 1 });
    expect(device.phone.files.exists(`/data/app/${settings}-1/base.apk`)).toBe(false);
  });
});

describe("what Android refuses", () => {
  test("no APK", async () => {
    expect(await out("cmd package install -S 5", Buffer.from("hello"))).toContain(
      "Failure [INSTALL_PARSE_FAILED_NOT_APK",
    );
    expect(await sh(device, "pm install /sdcard/none.apk")).toMatchObject({ code: 255 });
  });

  test("an older version, unless it is asked for", async () => {
    await out(`cmd package install -S ${apk.length}`, apk);
    const { versionCode, versionName } = device.phone.packages.get(settings)!;
    device.phone.packages.install(settings, {
      versionCode: versionCode + 1,
      versionName,
      permissions: [],
      instrumentations: [],
      files: [],
    });
    const size = apk.length;
    expect(await out(`cmd package install -r -S ${size}`, apk)).toContain("INSTALL_FAILED_VERSION_DOWNGRADE");
    expect(await out(`cmd package install -r -d -S ${size}`, apk)).toBe("Success\n");
  });

  test("pieces of different apps, and sessions that are not there", async () => {
    expect(await sh(device, "pm install-commit 7")).toMatchObject({ code: 255 });
    const [, id] = /\[(\d+)\]/u.exec(await out("pm install-create -r"))!;
    await out(`pm install-write -S ${apk.length} ${id} base.apk -`, apk);
    await out(`pm install-write -S ${serverApk.length} ${id} other.apk -`, serverApk);
    expect(await out(`pm install-commit ${id}`)).toContain("INSTALL_FAILED_INVALID_APK");
  });
});

test("a session installs what was written into it, and nothing when it is abandoned", async () => {
  const create = async (): Promise<string> =>
    /\[(\d+)\]/u.exec(await out("cmd package install-create -g"))![1]!;
  const first = await create();
  expect(await out(`cmd package install-write -S ${apk.length} ${first} base.apk -`, apk)).toBe(
    `Success: streamed ${apk.length} bytes\n`,
  );
  expect(await out(`cmd package install-abandon ${first}`)).toBe("Success\n");
  expect(device.phone.packages.get(settings)).toBeUndefined();
  const second = await create();
  device.phone.files.write("/data/local/tmp/a.apk", apk);
  await out(`pm install-write ${second} base.apk /data/local/tmp/a.apk`);
  expect(await out(`pm install-commit ${second}`)).toBe("Success\n");
  expect(device.phone.packages.get(settings)).toBeDefined();
});

describe("Appium's settings app", () => {
  beforeEach(async () => {
    await out(`cmd package install -g -S ${apk.length}`, apk);
  });

  test("has a service in the foreground once it was started, without a screen", async () => {
    const before = device.phone.activities.top().id;
    expect(await out(`dumpsys activity services ${settings}`)).not.toContain("isForeground=true");
    expect((await sh(device, `am start-activity -n ${settings}/.Settings`)).code).toBe(0);
    expect(await out(`dumpsys activity services ${settings}`)).toContain("isForeground=true");
    expect(device.phone.activities.top().id).toBe(before);
    await out(`am force-stop ${settings}`);
    expect(await out(`dumpsys activity services ${settings}`)).not.toContain("isForeground=true");
  });

  test("reads the clipboard for its input method only", async () => {
    device.phone.clipboard.set("é🎉");
    const ask = `am broadcast -n ${settings}/.receivers.ClipboardReceiver -a ${settings}.clipboard.get`;
    expect(await out(ask)).toContain('result=-1, data=""');
    await out(`ime enable ${settings}/.AppiumIME; ime set ${settings}/.AppiumIME`);
    expect(await out(ask)).toContain(`result=-1, data="${Buffer.from("é🎉").toString("base64")}"`);
  });

  test("brings input methods, which go with it", async () => {
    expect(await out("ime list -a -s")).toContain(`${settings}/.UnicodeIME\n`);
    await out(
      `ime enable ${settings}/.UnicodeIME; ime set ${settings}/.UnicodeIME; pm uninstall ${settings}`,
    );
    expect(await out("ime list -a -s")).not.toContain(settings);
    expect(await out("settings get secure default_input_method")).not.toContain(settings);
  });
});
