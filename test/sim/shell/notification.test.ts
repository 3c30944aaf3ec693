import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { usePhone } from "../../support/phone.ts";
import { sh } from "../harness.ts";

const { device } = usePhone();
const { phone } = device;
beforeEach(() => device.snapshots.load(cleanSnapshot));
afterAll(() => device.close());

const out = async (command: string) => (await sh(device, command)).out;
const focus = async () => /mCurrentFocus=.*/u.exec(await out("dumpsys window displays"))?.[0];

test("cmd notification posts in the shell's name", async () => {
  expect(await out("cmd notification post -t 'A title' my_tag 'Some text'")).toBe(
    "posting:\n  Notification(channel=shellcmd shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x0 color=0x00000000 vis=PRIVATE)\n",
  );
  expect(await out("cmd notification list")).toBe("0|com.android.shell|2020|my_tag|2000\n");
  const dump = await out("dumpsys notification --noredact");
  expect(dump).toMatch(
    /^ {4}NotificationRecord\(0x0\w{7}: pkg=com\.android\.shell user=UserHandle\{0\} id=2020 tag=my_tag importance=3 key=/mu,
  );
  expect(dump).toContain("android.title=String (A title)");
  expect(dump).toContain("android.text=String (Some text)");
  const redacted = await out("dumpsys notification");
  expect(redacted).toContain("android.text=String [length=9]");
  expect(redacted).not.toContain("Some text");
});

test("a post takes an intent that a tap opens, and one tag posts once", async () => {
  await out("cmd notification post -c activity com.android.settings/.Settings tag first");
  await out("cmd notification post -c activity com.android.settings/.Settings tag second");
  expect(phone.notifications.list()).toMatchObject([
    { tag: "tag", text: "second", intent: { component: "com.android.settings/.Settings" } },
  ]);
});

test.each(["", "only_a_tag", "-c activity -a android.settings.SETTINGS tag text"])(
  "cmd notification post %s is not enough",
  async (words) => {
    const { out: printed, code } = await sh(device, `cmd notification post ${words}`);
    expect([printed.split("\n")[0], code]).toEqual([
      "usage: cmd notification post [flags] <tag> <text>",
      255,
    ]);
    expect(phone.notifications.list()).toEqual([]);
  },
);

test("appops keeps an app from posting", async () => {
  await out("appops set com.android.shell POST_NOTIFICATION ignore; cmd notification post tag text");
  expect(phone.notifications.list()).toEqual([]);
  await out("appops set com.android.shell POST_NOTIFICATION allow; cmd notification post tag text");
  expect(phone.notifications.list()).toHaveLength(1);
});

test("set_dnd puts the zen mode", async () => {
  for (const [word, mode] of [
    ["priority", "1"],
    ["on", "2"],
    ["off", "0"],
  ] as const) {
    await out(`cmd notification set_dnd ${word}`);
    expect(phone.settings.get("global", "zen_mode")).toBe(mode);
  }
});

test("cmd statusbar opens and closes the shade, and dumpsys window says so", async () => {
  await out("am start -n com.android.settings/.Settings");
  await out("cmd statusbar expand-notifications");
  expect(await focus()).toMatch(/^mCurrentFocus=Window\{\w+ u0 NotificationShade\}$/u);
  const windows = await out("dumpsys window windows");
  expect(windows).toMatch(
    / u0 NotificationShade\}:[\s\S]*?package=com\.android\.systemui[\s\S]*?isVisible=true/u,
  );
  // The app stays the one that has the display.
  expect(await out("dumpsys window displays")).toMatch(/mFocusedApp=.*com\.android\.settings\/\.Settings/u);
  expect(await out("dumpsys activity activities")).toMatch(/topResumedActivity=.*\.Settings/u);
  await out("cmd statusbar expand-settings");
  expect(await out("uiautomator dump /dev/tty")).toContain('content-desc="Airplane mode"');
  await out("cmd statusbar collapse");
  expect(await focus()).toMatch(/com\.android\.settings/u);
});
