import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { alarmsDatabase, nextRing } from "../../../src/sim/apps/clock/alarms.ts";
import { clockPreferences } from "../../../src/sim/apps/clock/stopwatch.ts";
import { usePhone, type PhoneUser } from "../../support/phone.ts";

const clock = "com.google.android.deskclock";

describe("Clock", () => {
  let user: PhoneUser;

  beforeAll(() => {
    user = usePhone();
  });
  beforeEach(() => {
    user.reset();
    user.open(clock);
  });
  afterAll(() => user.device.close());

  const alarms = (): unknown[] =>
    user.sql(
      alarmsDatabase,
      "SELECT hour, minutes, daysofweek, enabled, label FROM alarm_templates ORDER BY _id",
    );

  function addAlarm(hour: string, minute: string, half: "AM" | "PM"): void {
    user.tap("Add alarm");
    user.fillIn("Hour", hour);
    user.fillIn("Minute", minute);
    user.tap(half);
    user.tap("OK");
  }

  test("adds an alarm at the time that is typed", () => {
    addAlarm("7", "05", "PM");

    expect(alarms()).toContainEqual({ hour: 19, minutes: 5, daysofweek: 0, enabled: 1, label: "" });
    expect(user.find("7:05 PM")).toBeDefined();
    expect(user.sql(alarmsDatabase, "SELECT year, month, day, hour, minutes FROM alarm_instances")).toEqual([
      { year: 2023, month: 9, day: 15, hour: 19, minutes: 5 },
    ]);
  });

  test("12 o'clock is noon with PM and midnight with AM", () => {
    addAlarm("12", "00", "PM");
    addAlarm("12", "15", "AM");

    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 12, minutes: 0 }));
    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 0, minutes: 15 }));
  });

  test("asks for 24 hours where the device shows them", () => {
    user.device.phone.settings.put("system", "time_12_24", "24");
    user.tap("Add alarm");
    user.fillIn("Hour", "19");
    user.fillIn("Minute", "05");
    expect(user.find("PM")).toBeUndefined();
    user.tap("OK");

    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 19, minutes: 5 }));
    expect(user.find("19:05")).toBeDefined();
  });

  test("takes no time that there is not, and none at all on Cancel or Back", () => {
    const before = alarms();
    user.tap("Add alarm");
    user.fillIn("Hour", "17");
    expect(user.see("Hour").text).toBe("1");
    user.fillIn("Minute", "");
    user.tap("OK");
    expect(user.find("Select time")).toBeDefined();
    user.tap("Cancel");
    user.tap("Add alarm");
    user.back();

    expect(user.find("Select time")).toBeUndefined();
    expect(alarms()).toEqual(before);
  });

  test("looks for alarms again where their file is another one, also within the minute", () => {
    addAlarm("7", "05", "PM");
    const { phone } = user.device;
    const withAlarm = phone.files.read(alarmsDatabase);
    user.reset();
    phone.clock.set(Date.UTC(2023, 9, 15, 19, 5, 0));
    phone.tick();
    expect(phone.activities.top().activity).not.toContain("AlarmActivity");
    phone.files.write(alarmsDatabase, withAlarm);
    phone.tick();
    expect(phone.activities.top().activity).toContain("AlarmActivity");
  });

  test("switches an alarm on and off", () => {
    user.tap("8:30 AM Alarm");
    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 8, enabled: 1 }));
    expect(user.see("8:30 AM Alarm").checked).toBe(true);

    user.tap("8:30 AM Alarm");
    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 8, enabled: 0 }));
    expect(user.sql(alarmsDatabase, "SELECT * FROM alarm_instances")).toEqual([]);
  });

  test("names, repeats and deletes an alarm", () => {
    addAlarm("6", "45", "AM");
    user.tap("Add label");
    user.type("Swimming");
    user.tap("OK");
    user.tap("Tuesday");
    user.tap("Thursday");
    expect(alarms()).toContainEqual({
      hour: 6,
      minutes: 45,
      daysofweek: 0b1010,
      enabled: 1,
      label: "Swimming",
    });
    expect(user.find("Tue, Thu")).toBeDefined();

    user.tap("Delete");
    expect(alarms()).toHaveLength(2);
  });

  test("changes the time of an alarm", () => {
    user.tap("9:00 AM");
    expect(user.find("Select time")).toBeUndefined();
    user.tap("9:00 AM");
    user.fillIn("Hour", "10");
    user.tap("OK");

    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 10, minutes: 0, enabled: 1 }));
  });

  test("rings at its time, and is off from then on", () => {
    addAlarm("3", "40", "PM");
    user.wait(7 * 60_000);

    expect(user.find("Snooze")).toBeDefined();
    user.tap("Stop");
    expect(alarms()).toContainEqual(expect.objectContaining({ hour: 15, minutes: 40, enabled: 0 }));
    expect(user.sql(alarmsDatabase, "SELECT * FROM alarm_instances")).toEqual([]);
  });

  test("an alarm that is put off rings again", () => {
    addAlarm("3", "40", "PM");
    user.wait(6 * 60_000);
    user.tap("Snooze");
    expect(user.find("Add alarm")).toBeDefined();
    user.wait(9 * 60_000);
    expect(user.find("Snooze")).toBeUndefined();
    user.wait(60_000);
    expect(user.find("Snooze")).toBeDefined();
  });

  test("does not ring for a time that a jump of the clock left behind", () => {
    addAlarm("3", "40", "PM");
    user.wait(3_600_000);
    expect(user.find("Snooze")).toBeUndefined();
    expect(user.sql(alarmsDatabase, "SELECT alarm_state FROM alarm_instances")).toEqual([{ alarm_state: 6 }]);
  });

  test("plans its alarms anew when the clock is set", () => {
    addAlarm("3", "40", "PM");
    user.device.phone.clock.set(Date.UTC(2023, 9, 20, 18));
    user.device.phone.broadcast({ action: "android.intent.action.TIME_SET" });
    expect(user.sql(alarmsDatabase, "SELECT month, day FROM alarm_instances")).toEqual([
      { month: 9, day: 21 },
    ]);
  });

  test("runs, laps, pauses and resets the stopwatch", () => {
    user.tap("Stopwatch");
    expect(
      user
        .texts()
        .concat(user.nodes().map((node) => node.desc))
        .filter((each) => each === "Stopwatch"),
    ).toHaveLength(2);
    user.tap("Start");
    user.wait(65_000);
    user.tap("Lap");
    expect(user.texts()).toContain("# 1");
    expect(user.see({ id: "stopwatch_time_text" }).text).toBe("1:05");

    user.tap("Pause");
    user.wait(10_000);
    expect(user.see({ id: "stopwatch_time_text" }).text).toBe("1:05");
    user.tap("Reset");
    expect(user.see({ id: "stopwatch_time_text" }).text).toBe("00");
    expect(user.texts()).not.toContain("# 1");
  });

  test("sets a timer of ten minutes and runs it down", () => {
    user.tap("Timer");
    for (const digit of ["1", "0", "00"]) user.tap(digit);
    expect(user.find({ text: "00h 10m 00s", desc: "0 hours, 10 minutes, 0 seconds" })).toBeDefined();
    user.tap("Start");
    user.wait(61_000);
    expect(user.see({ id: "timer_time_text" }).text).toBe("8:59");

    user.tap("Add 1 minute");
    user.tap("Pause");
    user.wait(60_000);
    expect(user.see({ id: "timer_time_text" }).text).toBe("9:59");
    user.tap("Start");
    user.wait(600_000);
    expect(user.texts()).toContain("Time's up");
    user.tap("Delete timer");
    expect(user.texts()).toContain("00h 00m 00s");
  });

  test("adds a city", () => {
    user.tap("Clock");
    user.tap("Add city");
    user.type("Tok");
    user.tap({ text: "Tokyo" });

    expect(user.see({ id: "city_time" }).text).toBe("12:34 AM");
  });

  test("starts anew where its files are gone or broken", () => {
    const { files } = user.device.phone;
    addAlarm("7", "05", "PM");
    files.remove("/data/user_de/0/com.google.android.deskclock/databases");
    files.write(clockPreferences, "<map");
    user.wait(60_000);

    expect(alarms()).toHaveLength(2);
    user.tap("Stopwatch");
    user.tap("Start");
    expect(user.find("Pause")).toBeDefined();
  });

  test("keeps nothing of a cleared app", () => {
    addAlarm("7", "05", "PM");
    user.device.phone.clearApp(clock);

    expect(alarms()).toHaveLength(2);
  });
});

describe("the next time an alarm rings", () => {
  const sunday = Date.UTC(2023, 9, 15, 15, 34);

  test.each([
    ["later today", { hour: 16, minutes: 0, daysOfWeek: 0 }, Date.UTC(2023, 9, 15, 16)],
    [
      "tomorrow, when the time has passed",
      { hour: 15, minutes: 34, daysOfWeek: 0 },
      Date.UTC(2023, 9, 16, 15, 34),
    ],
    ["on the next of its days", { hour: 16, minutes: 0, daysOfWeek: 0b100 }, Date.UTC(2023, 9, 18, 16)],
    [
      "in a week, when its day is today",
      { hour: 9, minutes: 0, daysOfWeek: 0b1000000 },
      Date.UTC(2023, 9, 22, 9),
    ],
  ])("is %s", (_name, alarm, expected) => {
    expect(nextRing(alarm, sunday)).toBe(expected);
  });
});

test("an intent sets an alarm and a timer", () => {
  const user = usePhone();
  const { activities } = user.device.phone;
  activities.start({
    action: "android.intent.action.SET_ALARM",
    extras: {
      "android.intent.extra.alarm.HOUR": 5,
      "android.intent.extra.alarm.MINUTES": 20,
      "android.intent.extra.alarm.MESSAGE": "Train",
    },
  });
  activities.start({
    action: "android.intent.action.SET_TIMER",
    extras: { "android.intent.extra.alarm.LENGTH": 90 },
  });
  user.device.phone.windows.invalidate();

  expect(
    user.sql(alarmsDatabase, "SELECT hour, minutes, label FROM alarm_templates WHERE enabled = 1"),
  ).toEqual([{ hour: 5, minutes: 20, label: "Train" }]);
  expect(user.texts()).toContain("1m 30s Timer");
  user.device.close();
});
