import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanSnapshot, type SimulatedDevice, type SimulatedDeviceOptions } from "../../src/sim/device.ts";
import { draw, type DeviceOperation } from "../../src/sim/latency.ts";
import { createRandom } from "../../src/random.ts";
import { apps } from "../../src/sim/apps/index.ts";
import { createWindows } from "../../src/sim/ui/index.ts";
import { fakeDevice, sh } from "./harness.ts";

const devices: SimulatedDevice[] = [];

function make(options: Partial<SimulatedDeviceOptions> = {}): SimulatedDevice {
  const device = fakeDevice(options);
  devices.push(device);
  return device;
}

afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});

/** Every file of the phone with its content and time: equal listings are equal phones. */
function storage(device: SimulatedDevice, folder = "/data"): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of device.files.list(folder)) {
    const path = `${folder}/${name}`;
    if (device.phone.files.lstat(path).kind === "directory") Object.assign(found, storage(device, path));
    else if (device.phone.files.lstat(path).kind === "file")
      found[path] =
        `${device.files.stat(path).mtime} ${Buffer.from(device.files.read(path)).toString("base64")}`;
  }
  return found;
}

/** A walk through every app, with taps all over their screens. */
const tour = [
  "com.google.android.contacts",
  "com.google.android.deskclock",
  "com.google.android.documentsui",
  "com.simplemobiletools.calendar.pro",
  "com.simplemobiletools.smsmessenger",
  "net.gsantner.markor",
].flatMap((app) => [
  `am start -W -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -p ${app}`,
  "input tap 1000 2180",
  "input text tour%s7",
  "input tap 540 700; input keyevent BACK",
]);

const session = [
  "am start -n com.android.settings/.Settings",
  "input swipe 540 1800 540 600 300",
  "input tap 540 900",
  "content insert --uri content://sms/inbox --bind address:s:123 --bind body:s:hello --bind type:i:1",
  "svc wifi disable",
  "input keyevent HOME",
  "input swipe 540 1900 540 400 200",
  "echo note > /sdcard/Documents/n.txt",
];

describe("a device with all its apps", () => {
  const real = (seed: number): SimulatedDevice => make({ seed, apps, createWindows });

  test("does the same for the same seed and commands, and has other data for another seed", async () => {
    const [one, two, other] = [real(5), real(5), real(6)];
    expect(storage(one)).toEqual(storage(two));
    expect(storage(one)).not.toEqual(storage(other));
    for (const command of [...session, ...tour]) {
      const results = [await sh(one, command), await sh(two, command)];
      expect(results[0]).toEqual(results[1]);
      expect(one.phone.windows.dump()).toBe(two.phone.windows.dump());
      const [picture, same] = await Promise.all([one.phone.windows.png(), two.phone.windows.png()]);
      expect(picture.equals(same)).toBe(true);
    }
    expect(storage(one)).toEqual(storage(two));
    expect(await sh(one, "logcat -d")).toEqual(await sh(two, "logcat -d"));
    expect(one.phone.windows.pixels().equals(two.phone.windows.pixels())).toBe(true);
  });

  test("is as it was after a snapshot was loaded, also inside of apps", async () => {
    const device = real(7);
    for (const command of session.slice(0, 4)) await sh(device, command);
    const before = [device.phone.windows.dump(), storage(device), await sh(device, "settings list global")];
    const pixels = device.phone.windows.pixels();
    device.snapshots.save("here");
    for (const command of session.slice(4)) await sh(device, command);
    await sh(device, "pm clear com.android.providers.telephony; am force-stop com.android.settings");
    expect(device.phone.windows.dump()).not.toBe(before[0]);
    device.snapshots.load("here");
    expect([device.phone.windows.dump(), storage(device), await sh(device, "settings list global")]).toEqual(
      before,
    );
    expect(device.phone.windows.pixels().equals(pixels)).toBe(true);
  });
});

test("the screen follows what is stored, whoever changed it", async () => {
  const device = make({ apps, createWindows });
  const dump = async (): Promise<string> => (await sh(device, "uiautomator dump /dev/tty")).out;
  await sh(device, "am start -a android.settings.WIFI_SETTINGS");
  const on = await dump();
  await sh(device, "svc wifi disable");
  const off = await dump();
  expect(off).not.toBe(on);
  await sh(device, "content insert --uri content://settings/global --bind name:s:wifi_on --bind value:s:1");
  expect(await dump()).toBe(on);
  const picture = (await sh(device, "screencap")).bytes;
  await sh(device, "settings put global wifi_on 0");
  expect((await sh(device, "screencap")).bytes.equals(picture)).toBe(false);
});

describe("an app that crashes", () => {
  const contacts = "com.google.android.contacts";
  const store = "/data/data/com.android.providers.contacts/databases/contacts2.db";
  const broken: Record<string, (device: SimulatedDevice) => void> = {
    "over garbage in its database": (device) => device.files.write(store, "garbage ".repeat(200)),
    "over a folder in its database's place": (device) => {
      device.files.remove(store);
      device.files.mkdir(store);
    },
  };

  test.each(Object.keys(broken))("%s is gone, and the phone goes on", async (name) => {
    const device = make({ apps, createWindows });
    const home = device.phone.windows.dump();
    broken[name]!(device);
    expect((await sh(device, `am start -a android.intent.action.MAIN -p ${contacts}`)).code).toBe(0);
    const { out, code } = await sh(device, "uiautomator dump /dev/tty");
    expect(code).toBe(0);
    expect(out.startsWith(home)).toBe(true);
    expect((await sh(device, "logcat -d -s AndroidRuntime:E")).out).toContain(`Process: ${contacts}`);
    expect((await sh(device, `pidof ${contacts}`)).out).toBe("");
    await sh(device, "am start -a android.settings.SETTINGS");
    expect((await sh(device, "dumpsys window | grep mCurrentFocus")).out).toContain("com.android.settings");
  });

  test("does not keep the console from answering", () => {
    const device = make({ apps, createWindows });
    device.files.write("/data/data/com.android.providers.telephony/databases/mmssms.db", "garbage");
    device.receiveSms("+15551234", "hello");
    expect(device.phone.log.lines().some(({ message }) => message.startsWith("FATAL EXCEPTION"))).toBe(true);
  });
});

test("the window manager tells dialogs and menus from the screens under them", async () => {
  const device = make({ apps, createWindows });
  const { windows } = device.phone;
  const focus = async (): Promise<string> => (await sh(device, "dumpsys window | grep mCurrentFocus=")).out;
  await sh(device, "am start -n com.google.android.documentsui/com.android.documentsui.files.FilesActivity");
  const screen = await focus();
  expect(screen).toMatch(/Window\{\w+ u0 com\.google\.android\.documentsui\/\S+\}/u);
  const [, left, top] = /content-desc="More options"[^>]*bounds="\[(\d+),(\d+)\]/u.exec(windows.dump())!;
  await sh(device, `input tap ${Number(left) + 20} ${Number(top) + 20}`);
  expect(await focus()).toMatch(/mCurrentFocus=Window\{\w+ u0 PopupWindow:\w+\}/u);
  const all = (await sh(device, "dumpsys window windows")).out;
  expect(all).toMatch(/Window #3 Window\{\w+ u0 PopupWindow[\s\S]*Window #4 Window\{\w+ u0 com\.google/u);
  expect(all).toMatch(/^ {6}fl=LAYOUT_IN_SCREEN LAYOUT_INSET_DECOR /mu);
});

describe("snapshots", () => {
  test("start with a clean one, on the home screen", async () => {
    const device = make();
    const clean = storage(device);
    await sh(
      device,
      "am start -n com.example.notes/.MainActivity; rm -r /data/data/com.example.notes; date 0101000030",
    );
    device.snapshots.load(cleanSnapshot);
    expect(storage(device)).toEqual(clean);
    expect(device.phone.activities.top().package).toBe("com.example.launcher");
    expect(device.phone.clock.date().getUTCFullYear()).toBe(2023);
  });

  test("are listed, overwritten and deleted by name", () => {
    const device = make();
    device.snapshots.save("a");
    device.files.write("/sdcard/later", "x");
    device.snapshots.save("a");
    expect(device.snapshots.list().map(({ name }) => name)).toEqual(["clean", "a"]);
    const [clean, a] = device.snapshots.list();
    expect(a!.sizeBytes - clean!.sizeBytes).toBe(1);
    device.files.remove("/sdcard/later");
    device.snapshots.load("a");
    expect(device.files.exists("/sdcard/later")).toBe(true);
    device.snapshots.delete("a");
    expect(() => device.snapshots.load("a")).toThrow("Snapshot 'a' does not exist");
    expect(() => device.snapshots.delete("a")).toThrow("Snapshot 'a' does not exist");
  });

  test("keep what no screen shows: clipboard, keyboard, log, battery, a finger that is down", async () => {
    const device = make({ apps, createWindows });
    const { phone } = device;
    phone.clipboard.set("kept");
    await sh(device, "ime enable com.android.adbkeyboard/.AdbIME; ime set com.android.adbkeyboard/.AdbIME");
    await sh(device, "dumpsys battery unplug; dumpsys battery set level 17; log -t mine before");
    await sh(device, "setprop debug.mine 1; input keyevent SLEEP; input motionevent DOWN 540 900");
    phone.windows.toast("On its way");
    device.snapshots.save("here");
    const kept = device.save();
    phone.clipboard.set("lost");
    await sh(device, "ime reset; dumpsys battery reset; logcat -c; setprop debug.mine 2");
    await sh(device, "input keyevent WAKEUP; input motionevent UP 540 900; sleep 60");
    expect(device.save()).not.toEqual(kept);
    device.snapshots.load("here");
    expect(device.save()).toEqual(kept);
    expect(phone.finger.get()).toMatchObject({ x: 540, y: 900 });
    expect((await sh(device, "logcat -d -s mine")).out).toContain("before");
  });

  test("end the commands that were running", async () => {
    const device = make({ latency: "realistic" });
    const running = sh(device, "sleep 60; touch /sdcard/too-late");
    device.snapshots.load(cleanSnapshot);
    expect((await running).code).not.toBe(0);
    expect(device.files.exists("/sdcard/too-late")).toBe(false);
  });
});

describe("the console's side", () => {
  test("receives text messages into the inbox and tells the apps", async () => {
    const device = make();
    device.receiveSms("+15551234", 'It\'s "here"; $ok');
    expect(
      (await sh(device, "content query --uri content://sms/inbox --projection address:body:type:read")).out,
    ).toBe('Row: 0 address=+15551234, body=It\'s "here"; $ok, type=1, read=0\n');
    expect(JSON.parse(device.files.readText("/data/data/com.example.listener/last"))).toMatchObject({
      action: "android.provider.Telephony.SMS_RECEIVED",
      extras: { address: "+15551234" },
    });
  });

  test("ends the emulator once it is asked to", () => {
    const onKill = jest.fn();
    make({ onKill }).kill();
    expect(onKill).toHaveBeenCalledTimes(1);
  });
});

test("a pushed database is seen at once, a pulled one has every row", async () => {
  const device = make();
  const path = "/data/data/com.example.notes/databases/notes.db";
  await sh(device, `sqlite3 ${path} "INSERT INTO notes (body) VALUES ('pulled')"`);
  const pulled = device.files.read(path);
  await sh(device, `sqlite3 ${path} 'DELETE FROM notes'`);
  device.files.write(path, pulled);
  expect((await sh(device, `sqlite3 ${path} 'SELECT body FROM notes WHERE _id = 2'`)).out).toBe("pulled\n");
});

describe("latency", () => {
  test("moves the stepped clock by the median of each operation", async () => {
    const device = make();
    const took = async (command: string): Promise<number> => {
      const before = device.phone.clock.now();
      await sh(device, command);
      return device.phone.clock.now() - before;
    };
    expect(await took("input tap 1 1")).toBe(230);
    expect(await took("uiautomator dump")).toBe(1500);
    expect(await took("screencap -p")).toBe(500);
    expect(await took("input tap 1 1; input tap 1 1")).toBe(460);
    expect(await took("echo x")).toBe(40);
  });

  test.each<[DeviceOperation, number, number]>([
    ["input", 230, 500],
    ["uiautomatorDump", 1500, 3000],
  ])("draws %s around its median, with its tail", (operation, p50, p95) => {
    const random = createRandom("test", 1);
    const draws = Array.from({ length: 4000 }, () => draw(operation, random)).sort((a, b) => a - b);
    expect(Math.abs(draws[2000]! / p50 - 1)).toBeLessThan(0.05);
    expect(Math.abs(draws[3800]! / p95 - 1)).toBeLessThan(0.1);
    expect(draws[0]).toBeGreaterThan(0);
  });
});
