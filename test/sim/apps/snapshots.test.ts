import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { usePhone, type PhoneUser } from "../../support/phone.ts";

let user: PhoneUser;

beforeAll(() => {
  user = usePhone();
});
beforeEach(() => user.reset());
afterAll(() => user.device.close());

/** Screens with something half done on them. */
const moments: Record<string, () => void> = {
  "a time that is being typed": () => {
    user.open("com.google.android.deskclock");
    user.tap("Add alarm");
    user.fillIn("Hour", "4");
  },
  "a stopwatch that runs": () => {
    user.open("com.google.android.deskclock");
    user.tap("Stopwatch");
    user.tap("Start");
    user.wait(1234);
  },
  "a setting's dialog": () => {
    user.open("com.android.settings");
    user.tap("About phone");
    user.tap("Device name");
    user.type("!");
  },
  "a file that is being moved": () => {
    user.open("com.google.android.documentsui");
    user.longPress("bike_manual.md");
    user.tap("More options");
    user.tap("Move to…");
    user.tap("Documents");
  },
  "a search among the apps": () => {
    user.tap("Search");
    user.type("s");
  },
};

test.each(Object.keys(moments))("a snapshot keeps %s", (name) => {
  moments[name]!();
  const { windows } = user.device.phone;
  const before = windows.dump();
  const saved = user.device.save();
  user.home();
  user.tap("Apps list");
  user.tap({ desc: "Contacts" });
  user.device.restore(saved);

  expect(windows.dump()).toBe(before);
  user.back();
  expect(windows.dump()).not.toBe(before);
});
