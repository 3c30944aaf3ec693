import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { fakeDevice } from "../harness.ts";

let device: SimulatedDevice;

beforeEach(() => {
  device = fakeDevice();
});

afterEach(() => device.close());

const top = (): string => {
  const record = device.phone.activities.top();
  return `${record.package}/${record.activity}`;
};
const main = "com.example.notes/.MainActivity";
const about = "com.example.notes/.AboutActivity";
const home = "com.example.launcher/.Home";

describe("tasks", () => {
  test("start at home, and take an app to the front by component, package or filter", () => {
    const { activities } = device.phone;
    expect(top()).toBe(home);
    expect(activities.start({ component: "com.example.notes/com.example.notes.MainActivity" })).toEqual({
      outcome: "started",
      component: main,
    });
    expect(top()).toBe(main);
    activities.home();
    activities.start({ action: "android.intent.action.MAIN", package: "com.example.notes" });
    expect(top()).toBe(main);
    activities.start({ action: "android.intent.action.VIEW", data: "note:7" });
    expect(top()).toBe(about);
    expect(device.phone.windows.dump()).toContain("about note:7");
  });

  test("do not start what nobody takes", () => {
    const { activities } = device.phone;
    expect(activities.start({ component: "com.example.notes/.Nope" }).outcome).toBe("notFound");
    expect(activities.start({ action: "android.intent.action.VIEW", data: "https://x" }).outcome).toBe(
      "notFound",
    );
    expect(top()).toBe(home);
  });

  test("hand a result down when an activity closes", () => {
    const { activities } = device.phone;
    activities.start({ component: main });
    activities.start({ component: about }, "com.example.notes");
    activities.finish(activities.top().id, "seen");
    expect(top()).toBe(main);
    expect(device.phone.windows.dump()).toContain("resumed seen");
  });

  test("go back through their activities, then home, where the back key ends", () => {
    const { activities } = device.phone;
    activities.start({ component: main });
    activities.start({ component: about }, "com.example.notes");
    activities.back();
    expect(top()).toBe(main);
    activities.back();
    expect(top()).toBe(home);
    activities.back();
    expect(top()).toBe(home);
    activities.start({ component: main });
    expect(activities.tasks()).toHaveLength(2);
  });

  test("keep an app as it was left; overview and a second start bring it back", () => {
    const { activities, windows } = device.phone;
    activities.start({ component: main });
    windows.type("half a note");
    activities.home();
    expect(activities.start({ component: main }).outcome).toBe("taskToFront");
    expect(windows.dump()).toContain("draft half a note");
    activities.home();
    activities.recents();
    expect(top()).toBe(main);
  });

  test("are ended by force-stop, which forgets the screens but not the storage", () => {
    const { activities, windows, databases } = device.phone;
    activities.start({ component: main });
    windows.type("a");
    activities.forceStop("com.example.notes");
    expect(top()).toBe(home);
    expect(activities.processes().has("com.example.notes")).toBe(false);
    activities.start({ component: main });
    expect(windows.dump()).not.toContain("draft a");
    expect(
      databases.open("/data/data/com.example.notes/databases/notes.db").all("SELECT * FROM notes"),
    ).toHaveLength(1);
  });
});
