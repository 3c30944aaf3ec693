import { describe, expect, test } from "@jest/globals";
import { dayCode, dayFrom, dayOf } from "../../../../src/sim/apps/calendar/days.ts";
import {
  INTERVAL,
  occurrencesBetween,
  occurrencesOn,
  RULE,
} from "../../../../src/sim/apps/calendar/occurrences.ts";
import { newEvent, type CalendarEvent } from "../../../../src/sim/apps/calendar/storage.ts";

const at = (year: number, month: number, day: number, hour = 9): number =>
  Date.UTC(year, month - 1, day, hour) / 1000;

function days(changes: Partial<CalendarEvent>, from: number, to: number): string[] {
  const event = { ...newEvent(at(2024, 1, 31), at(2024, 1, 31, 10)), ...changes };
  return occurrencesBetween([event], dayOf(from), dayOf(to)).map(({ startTs }) => dayCode(dayOf(startTs)));
}

const [from, to] = [at(2024, 1, 1), at(2024, 6, 30)];

describe("occurrences of a calendar event", () => {
  test.each([
    [
      "every other day",
      { repeatInterval: 2 * INTERVAL.day, repeatLimit: -3 },
      ["20240131", "20240202", "20240204"],
    ],
    [
      "on two weekdays",
      { repeatInterval: INTERVAL.week, repeatRule: 0b0010100, repeatLimit: at(2024, 2, 9) },
      ["20240131", "20240202", "20240207", "20240209"],
    ],
    [
      "on the same day of the month, which some months lack",
      { repeatInterval: INTERVAL.month, repeatRule: RULE.sameDay },
      ["20240131", "20240331", "20240531"],
    ],
    [
      "on the last day of the month",
      { repeatInterval: INTERVAL.month, repeatRule: RULE.lastDay, repeatLimit: -3 },
      ["20240131", "20240229", "20240331"],
    ],
    [
      "on the last Wednesday",
      { repeatInterval: INTERVAL.month, repeatRule: RULE.orderWeekdayUseLast, repeatLimit: -3 },
      ["20240131", "20240228", "20240327"],
    ],
    [
      "without the days left out",
      { repeatInterval: INTERVAL.day, repeatLimit: -3, exceptions: ["20240201"] },
      ["20240131", "20240202"],
    ],
  ])("%s", (_name, changes, expected) => {
    expect(days(changes, from, to)).toEqual(expected);
  });

  test("a leap day comes every four years", () => {
    const start = at(2024, 2, 29);
    const yearly = { startTs: start, endTs: start, repeatInterval: INTERVAL.year, repeatRule: RULE.sameDay };

    expect(days(yearly, from, at(2029, 1, 1))).toEqual(["20240229", "20280229"]);
  });

  test("an event over midnight is on both days, one until midnight only on the first", () => {
    const over = newEvent(at(2024, 3, 1, 22), at(2024, 3, 2, 2));
    const until = newEvent(at(2024, 3, 1, 22), at(2024, 3, 2, 0));
    const second = dayFrom(2024, 2, 2);
    const all = occurrencesBetween([over, until], second - 1, second);

    expect(occurrencesOn(all, second - 1)).toHaveLength(2);
    expect(occurrencesOn(all, second).map(({ event }) => event)).toEqual([over]);
  });
});
