import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { DATABASE } from "../../../src/sim/apps/calendar/storage.ts";
import { usePhone } from "../../support/phone.ts";

const app = "com.simplemobiletools.calendar.pro";
const seconds = (...parts: [number, number, number, number, number]): number => Date.UTC(...parts) / 1000;

const user = usePhone();
beforeEach(() => {
  user.device.snapshots.load(cleanSnapshot);
  user.open(app);
});
afterAll(() => user.device.close());

const event = (title: string) =>
  user.sql(DATABASE, `SELECT * FROM events WHERE title = '${title}' ORDER BY id`);

function newEvent(title: string): void {
  user.tap("New Event");
  user.tap("Event");
  user.fillIn({ id: "event_title" }, title);
}

function pickTime(of: "Start time" | "End time", hour: string, minute: string, half: "AM" | "PM"): void {
  user.tap(of);
  user.tap("Switch to text input mode for the time input.");
  user.fillIn("hour", hour);
  user.fillIn("minute", minute);
  user.tap(half);
  user.tap("OK");
}

describe("Simple Calendar Pro", () => {
  test("makes an event with title, date, start and end", () => {
    newEvent("Garden party");
    user.fillIn({ id: "event_description" }, "Bring lanterns");
    user.tap("Start date");
    user.tap("Next month");
    user.tap("04 November 2023");
    user.tap("OK");
    pickTime("Start time", "6", "20", "PM");
    pickTime("End time", "8", "05", "PM");
    user.tap("Save");

    const [row] = event("Garden party");
    expect(row).toMatchObject({
      start_ts: seconds(2023, 10, 4, 18, 20),
      end_ts: seconds(2023, 10, 4, 20, 5),
      description: "Bring lanterns",
      location: "",
      repeat_interval: 0,
      repeat_rule: 0,
      repetition_exceptions: "[]",
      time_zone: "UTC",
      flags: 0,
      event_type: 1,
      source: "simple-calendar",
      type: 0,
    });
    expect(user.find("Next month")).toBeDefined();
    user.tap("Next month");
    expect(user.find("Garden party")).toBeDefined();
  });

  test("the dial of the time picker sets hour and minute", () => {
    newEvent("Tea");
    user.tap("Start time");
    user.tap({ desc: "9" });
    user.tap({ desc: "45" });
    user.tap("AM");
    user.tap("OK");
    user.tap("Save");

    expect(event("Tea")[0]).toMatchObject({ start_ts: seconds(2023, 9, 15, 9, 45) });
  });

  test("a moved start takes the end along", () => {
    newEvent("Walk");
    pickTime("End time", "5", "30", "PM");
    pickTime("Start time", "10", "00", "AM");
    user.tap("Save");

    expect(event("Walk")[0]).toMatchObject({
      start_ts: seconds(2023, 9, 15, 10, 0),
      end_ts: seconds(2023, 9, 15, 11, 30),
    });
  });

  test("wants a title, and an end after the start", () => {
    user.tap("New Event");
    user.tap("Event");
    user.tap("Save");
    expect(user.find("New Event")).toBeDefined();

    user.fillIn({ id: "event_title" }, "Backwards");
    pickTime("End time", "1", "00", "AM");
    user.tap("Save");
    expect(event("Backwards")).toEqual([]);
    expect(user.find("New Event")).toBeDefined();
  });

  test("the text mode takes no time that is none", () => {
    newEvent("Odd");
    user.tap("Start time");
    user.tap("Switch to text input mode for the time input.");
    user.fillIn("hour", "13");

    expect(user.find("Enter a valid time")).toBeDefined();
    expect(user.find("OK")?.enabled).toBe(false);
  });

  test("asks before it loses what was entered", () => {
    newEvent("Unsaved");
    user.device.phone.windows.hideKeyboard();
    user.back();
    user.tap("Discard");
    expect(event("Unsaved")).toEqual([]);

    newEvent("Kept");
    user.device.phone.windows.hideKeyboard();
    user.back();
    user.tap({ id: "button1" });
    expect(event("Kept")).toHaveLength(1);
  });

  test("shows when an event starts", () => {
    user.tap("October 18");

    expect(user.texts()).toEqual(
      expect.arrayContaining(["October 18 (Wed)", "Dentist", "09:30 AM - 10:00 AM"]),
    );
    user.tap("Dentist");
    expect(user.find({ id: "event_start_time" })?.text).toBe("09:30 AM");
    expect(user.find({ id: "event_location" })?.text).toBe("Moss Dental");
    user.back();
    user.back();
    expect(user.find("Next month")).toBeDefined();
  });

  test("changes an event", () => {
    user.tap("October 18");
    user.tap("Dentist");
    user.fillIn({ id: "event_title" }, "Dentist, again");
    user.tap("Save");

    expect(user.find("Dentist, again")).toBeDefined();
    expect(event("Dentist, again")[0]).toMatchObject({ start_ts: seconds(2023, 9, 18, 9, 30) });
    expect(event("Dentist")).toEqual([]);
  });

  test("deletes an event after a question", () => {
    user.tap("October 16");
    user.tap("Project review");
    user.tap("Delete");
    user.tap("No");
    user.tap("Delete");
    user.tap("Yes");

    expect(event("Project review")).toEqual([]);
    expect(user.find("No items found.")).toBeDefined();
  });

  test("an event that was deleted under the form is made anew", () => {
    user.tap("October 16");
    user.tap("Project review");
    user.device.phone.databases.open(DATABASE).run("DELETE FROM events WHERE title = 'Project review'");
    user.tap("Save");

    expect(event("Project review")[0]).toMatchObject({ start_ts: seconds(2023, 9, 16, 10, 0) });
  });

  test("shows events that were pushed into its database", () => {
    user.device.phone.databases
      .open(DATABASE)
      .run(
        "UPDATE events SET title = 'Pushed', attendees = '', source = 'imported-ics' WHERE title = 'Dentist'",
      );
    user.device.phone.windows.invalidate();

    expect(user.find("Pushed")).toBeDefined();
  });

  test("deletes from a list by a long press", () => {
    user.tap("Change view");
    user.tap("Simple event list");
    user.longPress("Pick up parcel");
    user.tap("Dentist");
    user.tap("Delete");
    user.tap("Yes");

    expect(user.sql(DATABASE, "SELECT COUNT(*) AS n FROM events")).toEqual([{ n: 11 }]);
  });

  test("keeps the chosen view", () => {
    user.tap("Change view");
    user.tap("Daily view");
    expect(user.find("October 15 (Sun)")).toBeDefined();

    user.device.phone.activities.forceStop(app);
    user.open(app);
    expect(user.find("October 15 (Sun)")).toBeDefined();
  });

  test("goes to a date and back to today", () => {
    user.tap("More options");
    user.tap("Go to date");
    user.tap("2023");
    user.tap("2024");
    user.tap("Previous month");
    user.tap("20 September 2024");
    user.tap("OK");
    expect(user.find("September 2024")).toBeDefined();

    user.tap("Go to today");
    expect(user.find("October")).toBeDefined();
    expect(user.find("Go to today")).toBeUndefined();
  });

  test("finds events by their words", () => {
    user.tap("Search");
    user.fillIn({ id: "top_toolbar_search" }, "raincoat");

    expect(user.find("Bike tour")).toBeDefined();
    expect(user.find("Dentist")).toBeUndefined();
  });

  test("an all-day event lies between midnight and noon, as the app stores it", () => {
    newEvent("Holiday");
    user.tap("All-day");
    expect(user.find("Start time")).toBeUndefined();
    user.tap("Save");

    expect(event("Holiday")[0]).toMatchObject({
      start_ts: seconds(2023, 9, 15, 0, 0),
      end_ts: seconds(2023, 9, 15, 12, 0),
      flags: 1,
    });
  });

  test("a task is done by a button", () => {
    user.tap("New Event");
    user.tap("Task");
    user.fillIn({ id: "task_title" }, "Water plants");
    user.tap("Save");
    expect(event("Water plants")[0]).toMatchObject({ type: 1, flags: 0 });

    user.tap("October 15");
    user.tap("Water plants");
    user.tap("Mark completed");
    user.tap("Save");
    expect(event("Water plants")[0]).toMatchObject({ type: 1, flags: 8 });
  });

  test("another app proposes an event", () => {
    user.device.phone.activities.start({
      action: "android.intent.action.INSERT",
      type: "vnd.android.cursor.dir/event",
      extras: {
        title: "From outside",
        beginTime: Date.UTC(2023, 9, 20, 8),
        endTime: Date.UTC(2023, 9, 20, 9),
      },
    });
    user.device.phone.windows.invalidate();
    user.tap("Save");

    expect(event("From outside")[0]).toMatchObject({ start_ts: seconds(2023, 9, 20, 8, 0) });
  });
});

describe("a repeating event", () => {
  beforeEach(() => {
    newEvent("Yoga");
    user.device.phone.windows.hideKeyboard();
    user.tap("No repetition");
    user.tap("Weekly");
    user.tap("Save");
  });

  test("is stored with interval and weekday, and shown every week", () => {
    expect(event("Yoga")[0]).toMatchObject({ repeat_interval: 604_800, repeat_rule: 64, repeat_limit: 0 });
    expect(user.nodes().filter((node) => node.text === "Yoga")).toHaveLength(3);
  });

  test("loses one of its times", () => {
    user.tap("October 22");
    user.tap("Yoga");
    user.tap("Delete");
    user.tap("Delete the selected occurrence only");
    user.tap("Yes");

    expect(event("Yoga")[0]).toMatchObject({ repetition_exceptions: '["20231022"]' });
    user.back();
    expect(user.nodes().filter((node) => node.text === "Yoga")).toHaveLength(2);
  });

  test("ends before one of its times", () => {
    user.tap("October 22");
    user.tap("Yoga");
    user.tap("Delete");
    user.tap("Delete this and all future occurrences");
    user.tap("Yes");
    user.back();

    expect(user.nodes().filter((node) => node.text === "Yoga")).toHaveLength(1);
  });

  test("has one of its times changed", () => {
    user.tap("October 22");
    user.tap("Yoga");
    user.fillIn({ id: "event_title" }, "Yoga outside");
    user.tap("Save");
    user.tap("Update the selected occurrence only");
    user.tap("OK");
    user.back();

    expect(user.nodes().filter((node) => node.text === "Yoga")).toHaveLength(2);
    expect(event("Yoga outside")[0]).toMatchObject({
      start_ts: seconds(2023, 9, 22, 16, 0),
      repeat_interval: 0,
      parent_id: event("Yoga")[0]?.["id"],
    });
  });
});
