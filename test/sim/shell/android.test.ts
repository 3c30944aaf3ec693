import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { fakeDevice, sh } from "../harness.ts";

let device: SimulatedDevice;

beforeEach(() => {
  device = fakeDevice();
});

afterEach(() => device.close());

const out = async (command: string): Promise<string> => (await sh(device, command)).out;
const notesDb = "/data/data/com.example.notes/databases/notes.db";

describe("settings and properties", () => {
  test("are read, written, listed and deleted", async () => {
    expect(await out("settings get global wifi_on")).toBe("1\n");
    expect(await out("settings get secure no_such_key")).toBe("null\n");
    await sh(device, "settings put system font_scale '1.3; rm -r /'");
    expect(await out("settings get system font_scale")).toBe("1.3; rm -r /\n");
    expect(await out("settings delete system font_scale")).toBe("Deleted 1 rows\n");
    expect(await out("settings list system")).not.toContain("font_scale");
    expect((await sh(device, "settings get nope x")).code).toBe(255);
    expect(
      await out(
        "content query --uri content://settings/global --where \"name='wifi_on'\" --projection value",
      ),
    ).toBe("Row: 0 value=1\n");
    expect(await out("getprop ro.build.version.sdk; getprop no.such; setprop a.b c; getprop a.b")).toBe(
      "33\n\nc\n",
    );
    expect((await sh(device, "setprop ro.product.model X")).code).toBe(1);
  });

  test("of radios follow svc, and airplane mode takes them along", async () => {
    await sh(device, "svc wifi disable; svc bluetooth enable");
    expect(await out("settings get global wifi_on; settings get global bluetooth_on")).toBe("0\n1\n");
    await sh(device, "cmd connectivity airplane-mode enable");
    expect(await out("settings get global airplane_mode_on; settings get global bluetooth_on")).toBe(
      "1\n2\n",
    );
    await sh(device, "cmd connectivity airplane-mode disable");
    expect(await out("settings get global wifi_on; settings get global bluetooth_on")).toBe("0\n1\n");
    expect((await sh(device, "svc nope enable")).code).toBe(1);
  });
});

describe("am", () => {
  test("starts activities and says what became of it", async () => {
    expect(await out("am start -W -n com.example.notes/.MainActivity")).toMatch(
      /^Starting: Intent \{ cmp=com\.example\.notes\/\.MainActivity \}\nStatus: ok\nLaunchState: COLD\nActivity: com\.example\.notes\/\.MainActivity\nTotalTime: \d+\nWaitTime: \d+\nComplete\n$/u,
    );
    expect(await sh(device, "am start -n com.example.notes/.MainActivity")).toMatchObject({
      err: "Warning: Activity not started, its current task has been brought to the front\n",
      code: 0,
    });
    expect(await sh(device, "am start -n com.nope/.Main")).toMatchObject({
      err: "Error type 3\nError: Activity class {com.nope/com.nope.Main} does not exist.\n",
      code: 1,
    });
    expect((await sh(device, "am start -a android.intent.action.VIEW -d http://a.b/c?d=1")).err).toBe(
      "Error: Activity not started, unable to resolve Intent { act=android.intent.action.VIEW dat=http://a.b/... flg=0x10000000 }\n",
    );
    await sh(device, "am start -a android.intent.action.VIEW -d note:hello");
    expect(await out("uiautomator dump /dev/tty")).toContain("about note:hello");
    expect((await sh(device, "am start -n")).code).toBe(255);
    expect(await out("am start -S -a android.intent.action.VIEW -d note:hello")).toBe(
      "Stopping: com.example.notes\nStarting: Intent { act=android.intent.action.VIEW dat=note:hello }\n",
    );
    expect(await sh(device, "am start -S -a android.intent.action.DIAL")).toMatchObject({
      err: expect.stringContaining("Intent does not match any activities"),
      code: 1,
    });
  });

  test("tells which activity is in front, in every dump that tools read", async () => {
    await sh(device, "am start -n com.example.notes/.MainActivity");
    expect(await out("am stack list | grep -E visible=true")).toContain(
      "topActivity=ComponentInfo{com.example.notes/com.example.notes.MainActivity}",
    );
    expect(await out("dumpsys window windows | grep mCurrentFocus")).toBe("");
    expect(await out("dumpsys window displays | grep mCurrentFocus")).toMatch(
      /mCurrentFocus=Window\{\w+ u0 com\.example\.notes\/com\.example\.notes\.MainActivity\}\n$/u,
    );
    expect(await out("dumpsys activity activities | grep topResumedActivity")).toMatch(
      /topResumedActivity=ActivityRecord\{\w+ u0 com\.example\.notes\/\.MainActivity\} t\d+\}\n$/u,
    );
    expect(await out("dumpsys activity recents")).toContain(
      "mActivityComponent=com.example.notes/.MainActivity",
    );
    expect(await out("pidof com.example.notes")).toMatch(/^\d+\n$/u);
    await sh(device, "am force-stop com.example.notes");
    expect((await sh(device, "pidof com.example.notes")).code).toBe(1);
    expect(await out("dumpsys window | grep mFocusedApp")).toContain("com.example.launcher/.Home");
  });

  test("broadcasts with extras of every kind", async () => {
    expect(
      await out("am broadcast -a x.Y --es text 'a b' --ei n 3 --ez yes true --eia list 1,2 --esn none"),
    ).toBe("Broadcasting: Intent { act=x.Y flg=0x400000 (has extras) }\nBroadcast completed: result=0\n");
    expect(JSON.parse(device.files.readText("/data/data/com.example.listener/last"))).toEqual({
      action: "x.Y",
      extras: { text: "a b", n: 3, yes: true, list: [1, 2], none: null },
    });
  });

  test("monkey starts an app by its launcher icon, and frees a locked rotation", async () => {
    device.phone.settings.put("system", "accelerometer_rotation", "0");
    expect(await out("monkey -p com.example.notes -c android.intent.category.LAUNCHER 1")).toContain(
      "Events injected: 1\n",
    );
    expect(device.phone.activities.top().package).toBe("com.example.notes");
    expect(device.phone.settings.get("system", "accelerometer_rotation")).toBe("1");
    expect(await sh(device, "monkey -p com.nope 1")).toMatchObject({ code: 252 });
  });
});

describe("pm", () => {
  test("lists, finds and resolves packages", async () => {
    expect(await out("pm list packages -3")).toBe(
      "package:com.android.adbkeyboard\npackage:com.example.listener\npackage:com.example.notes\n",
    );
    expect(await out("cmd package list packages --show-versioncode notes")).toBe(
      "package:com.example.notes versionCode:25\n",
    );
    expect(await out("pm path android")).toBe("package:/system/framework/framework-res.apk\n");
    expect((await sh(device, "pm path com.nope")).code).toBe(1);
    expect(await out("cmd package resolve-activity --brief com.example.notes | tail -n 1")).toBe(
      "com.example.notes/.MainActivity\n",
    );
    expect(
      await out(
        "cmd package query-activities --brief -a android.intent.action.MAIN -c android.intent.category.LAUNCHER",
      ),
    ).toContain("1 activities found:\n  Activity #0:\n    priority=0");
    expect(await out("dumpsys package com.example.notes | grep versionName")).toBe("    versionName=2.5\n");
  });

  test("clears an app's storage and permissions, and does not bring its samples back", async () => {
    await sh(
      device,
      "pm grant com.example.notes android.permission.CAMERA; touch /data/data/com.example.notes/x",
    );
    expect(await out("pm clear com.example.notes")).toBe("Success\n");
    expect(await out(`sqlite3 ${notesDb} 'SELECT count(*) FROM notes'`)).toBe("0\n");
    expect(device.phone.packages.granted("com.example.notes")).toEqual([]);
    expect(device.files.exists("/data/data/com.example.notes/x")).toBe(false);
    expect(await sh(device, "pm clear com.nope")).toMatchObject({ out: "Failed\n", code: 1 });
    expect((await sh(device, "pm grant com.nope p")).err).toContain("Unknown package: com.nope");
  });

  test("uninstalls what did not come with the phone", async () => {
    expect(await out("pm uninstall com.example.notes")).toBe("Success\n");
    expect(await out("pm list packages notes")).toBe("");
    expect((await sh(device, "am start -n com.example.notes/.MainActivity")).code).toBe(1);
    expect(await out("pm uninstall com.example.launcher")).toBe("Failure [DELETE_FAILED_INTERNAL_ERROR]\n");
  });
});

describe("input", () => {
  beforeEach(() => sh(device, "am start -n com.example.notes/.MainActivity"));

  test("types text as it is quoted, with %s for spaces", async () => {
    await sh(device, `input text ''\\''"$%\\;%sx'`);
    expect(device.phone.activities.top().state).toMatchObject({ draft: "'\"$%\\; x" });
    await sh(device, "input keyevent KEYCODE_ENTER");
    expect(await out(`sqlite3 ${notesDb} 'SELECT body FROM notes WHERE _id = 2'`)).toBe("'\"$%\\; x\n");
  });

  test("fails on what has no key, as Android does", async () => {
    const result = await sh(device, "input text 'naïve'");
    expect(result).toMatchObject({ out: "", code: 255 });
    expect(result.err).toContain("java.lang.NullPointerException: Attempt to get length of null array");
    expect(device.phone.activities.top().state).toMatchObject({ draft: "" });
  });

  test("takes any text from a broadcast once ADBKeyboard is selected", async () => {
    const keyboard = "com.android.adbkeyboard/.AdbIME";
    const text = Buffer.from("naïve 文😀\n$x").toString("base64");
    const send = `am broadcast -a ADB_INPUT_B64 --es msg ${text}`;
    await sh(device, send);
    expect(device.phone.activities.top().state).toMatchObject({ draft: "" });
    expect(await out("ime list -s")).not.toContain(keyboard);
    expect(await out("ime list -a -s")).toContain(keyboard);
    expect((await sh(device, `ime set ${keyboard}`)).code).toBe(255);
    await sh(device, `ime enable ${keyboard} && ime set ${keyboard}`);
    await sh(device, `settings put secure show_ime_with_hard_keyboard 1 && ${send}`);
    expect(device.phone.activities.top().state).toMatchObject({ draft: "naïve 文😀\n$x" });
    expect(await out("dumpsys input_method | grep mCurId=")).toContain(
      `mCurId=${keyboard} mHaveConnection=true`,
    );
    await sh(device, `ime disable ${keyboard}`);
    expect(await out("settings get secure default_input_method")).toContain("LatinIME");
  });

  test("presses keys by name and number", async () => {
    await sh(device, "input keyevent 3");
    expect(device.phone.activities.top().package).toBe("com.example.launcher");
    await sh(device, "input keyevent APP_SWITCH");
    expect(device.phone.activities.top().package).toBe("com.example.notes");
  });

  test("passes over what it does not understand, and throws where something is missing", async () => {
    // A key without a name is KEYCODE_UNKNOWN; of a verb that it does not know it tells in its output.
    expect(await sh(device, "input keyevent KEYCODE_NOPE")).toMatchObject({ err: "", code: 0 });
    expect(await sh(device, "input fly 1 2")).toMatchObject({ out: "Unknown command: fly\n", code: 0 });
    const failure = async (line: string): Promise<string | undefined> => {
      const { err, code } = await sh(device, line);
      expect(code).toBe(255);
      return err.split("\n").find((text) => text.startsWith("java.lang"));
    };
    const illegal = "java.lang.IllegalArgumentException:";
    await sh(device, "input text one two");
    expect(device.phone.activities.top().state).toMatchObject({ draft: "one" });
    expect(await failure("input tap 1")).toBe(`${illegal} Argument expected after "1"`);
    expect(await failure("input tap a b")).toBe(`${illegal} Error: Invalid arguments for command: tap`);
    expect(await failure("input text")).toBe(`${illegal} Argument expected after "text"`);
    expect(await failure("input keycombination CTRL_LEFT NOPE")).toBe(`${illegal} Unknown keycode: NOPE`);
  });

  test("takes time on the device's clock", async () => {
    const before = device.phone.clock.now();
    await sh(device, "input swipe 100 100 100 900 500");
    expect(device.phone.clock.now() - before).toBe(230 + 500);
  });
});

describe("content and sqlite3", () => {
  test("agree about what is stored", async () => {
    const bind =
      "--bind address:s:'+1 555: 1' --bind body:s:'Hi, it'\\''s me' --bind type:i:2 --bind date:l:1700000000000";
    expect((await sh(device, `content insert --uri content://sms/sent ${bind}`)).code).toBe(0);
    expect(await out("content query --uri content://sms/sent --projection _id:address:body:date")).toBe(
      "Row: 0 _id=1, address=+1 555: 1, body=Hi, it's me, date=1700000000000\n",
    );
    await sh(device, 'content update --uri content://sms --bind read:i:1 --where "type=2"');
    const db = "/data/data/com.android.providers.telephony/databases/mmssms.db";
    expect(await out(`sqlite3 ${db} 'SELECT body, read, seen FROM sms'`)).toBe("Hi, it's me|1|\n");
    await sh(device, `sqlite3 ${db} 'DELETE FROM sms;'`);
    expect(await out("content query --uri content://sms/sent")).toBe("No result found.\n");
  });

  test("say what is wrong in Android's words", async () => {
    expect((await sh(device, "content query --uri content://nope")).err).toContain(
      "Could not find provider: nope",
    );
    expect((await sh(device, "content query --uri content://sms --where 'nope=1'")).err).toContain(
      "no such column: nope",
    );
    expect((await sh(device, "content query")).code).toBe(1);
    expect((await sh(device, "content insert --uri content://sms --bind a:i:x")).code).toBe(1);
    expect(await sh(device, `sqlite3 ${notesDb} 'SELECT * FROM nope'`)).toMatchObject({
      out: "",
      err: "Error: in prepare, no such table: nope\n",
      code: 1,
    });
    expect((await sh(device, "sqlite3 /no/such/folder/x.db .tables")).code).toBe(1);
  });

  test("print rows in the sqlite3 shell's modes", async () => {
    const db = "/data/local/tmp/t.db";
    await sh(
      device,
      `sqlite3 ${db} "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x;y'), (2, NULL); -- done"`,
    );
    expect(await out(`sqlite3 ${db} .tables`)).toBe("t\n");
    expect(await out(`sqlite3 ${db} .schema`)).toBe("CREATE TABLE t (a INTEGER, b TEXT);\n");
    expect(await out(`sqlite3 -header -separator , ${db} 'SELECT * FROM t'`)).toBe("a,b\n1,x;y\n2,\n");
    expect(await out(`sqlite3 -csv ${db} "SELECT 'a,b', '\\"'"`)).toBe('"a,b",""""\n');
    expect(JSON.parse(await out(`sqlite3 -json ${db} 'SELECT * FROM t'`))).toEqual([
      { a: 1, b: "x;y" },
      { a: 2, b: null },
    ]);
    expect(await out(`sqlite3 -line ${db} 'SELECT * FROM t LIMIT 1'`)).toBe("    a = 1\n    b = x;y\n");
  });
});

describe("other commands", () => {
  test("set and print the date in every form", async () => {
    expect(await out("date 1015153423.00")).toBe("Sun Oct 15 15:34:00 UTC 2023\n");
    expect(await out("date @1700000000 +%s")).toBe("1700000000\n");
    expect(await out("date -u '+%Y-%m-%dT%H:%M'")).toBe("2023-11-14T22:13\n");
    expect((await sh(device, "date 023003042023")).err).toBe("date: bad date '023003042023'\n");
    expect(JSON.parse(device.files.readText("/data/data/com.example.listener/last"))).toEqual({
      action: "android.intent.action.TIME_SET",
    });
  });

  test("dump the UI tree to the default file, a named one or the terminal", async () => {
    expect(await out("uiautomator dump")).toBe("UI hierchary dumped to: /sdcard/window_dump.xml\n");
    expect(device.files.readText("/sdcard/window_dump.xml")).toMatch(/^<\?xml.*<hierarchy/u);
    expect(
      await out("uiautomator dump --compressed /data/local/tmp/d.xml && cat /data/local/tmp/d.xml"),
    ).toContain("</hierarchy>");
    expect(await out("uiautomator dump /dev/tty")).toMatch(
      /<\/hierarchy>UI hierchary dumped to: \/dev\/tty\n$/u,
    );
    // It says so too where there is no such folder.
    expect(await out("uiautomator dump /nope/d.xml")).toBe("UI hierchary dumped to: /nope/d.xml\n");
    expect((await sh(device, "cat /nope/d.xml")).code).toBe(1);
  });

  test("know the screen's size and what was forced on it", async () => {
    expect(await out("wm size; wm density")).toBe("Physical size: 1080x2400\nPhysical density: 420\n");
    await sh(device, "wm size 720x1280");
    expect(await out("wm size")).toBe("Physical size: 1080x2400\nOverride size: 720x1280\n");
    await sh(device, "wm size reset");
    expect(await out("wm size")).toBe("Physical size: 1080x2400\n");
    expect(await out("dumpsys input | grep logicalFrame")).toContain("logicalFrame=[0, 0, 1080, 2400]");
  });

  test("name services that are not there", async () => {
    expect(await sh(device, "cmd overlay list")).toMatchObject({
      err: "cmd: Can't find service: overlay\n",
      code: 20,
    });
    expect((await sh(device, "dumpsys nope")).err).toBe("Can't find service: nope\n");
    expect(await out("service check package")).toBe("Service package: found\n");
    expect((await sh(device, "service call alarm 3 s16 UTC")).code).toBe(0);
    expect((await sh(device, "screenrecord /sdcard/x.mp4")).code).toBe(1);
  });

  test("drain and charge the battery", async () => {
    await sh(device, "dumpsys battery unplug; dumpsys battery set level 17");
    expect(await out("dumpsys battery")).toMatch(/AC powered: false[\s\S]*level: 17\n/u);
    await sh(device, "dumpsys battery reset");
    expect(await out("dumpsys battery | grep level")).toBe("  level: 100\n");
  });

  test("write to and read from the log", async () => {
    await sh(device, "logcat -c; log -t mine -p w hello there; log -t other x");
    expect(await out("logcat -d -v brief -s mine")).toMatch(
      /^--------- beginning of main\nW\/mine {4}\( 6000\): hello there\n$/u,
    );
  });
});
