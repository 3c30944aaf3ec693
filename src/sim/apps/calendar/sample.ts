import type { AppContext } from "../../system/services.ts";
import { DAY_SECONDS, dateOf, dayFrom, dayOf, daysInMonth } from "./days.ts";
import { newEvent, newImportId, saveEvent } from "./storage.ts";

/** Days from today, start as hour and minute, minutes, title, location, description. */
type Sample = readonly [
  day: number,
  hour: number,
  minute: number,
  minutes: number,
  title: string,
  location: string,
  description: string,
];

const SAMPLES: readonly Sample[] = [
  [-11, 9, 0, 60, "Team planning", "Room 204", "Bring the list of open points."],
  [-9, 18, 30, 90, "Choir rehearsal", "Town hall", ""],
  [-7, 14, 0, 30, "Call with the landlord", "", "Ask about the heating."],
  [-4, 8, 15, 45, "Blood test", "City clinic", "Do not eat before."],
  [-2, 19, 0, 120, "Dinner with Clara", "Noodle house on Mill Street", ""],
  [0, 17, 0, 60, "Grocery run", "Corner market", "Milk, eggs, rice"],
  [1, 10, 0, 60, "Project review", "Room 118", "Show the new charts."],
  [2, 16, 45, 30, "Pick up parcel", "Post office", ""],
  [3, 9, 30, 30, "Dentist", "Moss Dental", "Half-yearly check"],
  [5, 11, 0, 180, "Bike tour", "Meet at the north gate", "Take a raincoat."],
  [8, 13, 0, 60, "Lunch with Henry", "Harbour cafe", ""],
  [10, 15, 30, 45, "Parents' evening", "School, room 12", ""],
  [13, 20, 0, 120, "Film night", "At Felix's place", "Bring snacks."],
];

/** Events of the month the device's clock stands in, around today. */
export function insertSampleEvents(context: AppContext): void {
  const today = dayOf(context.clock.now() / 1000);
  const { year, month } = dateOf(today);
  const first = dayFrom(year, month, 1);
  const last = first + daysInMonth(year, month) - 1;
  for (const [offset, hour, minute, minutes, title, location, description] of SAMPLES) {
    const day = Math.min(last, Math.max(first, today + offset));
    const startTs = day * DAY_SECONDS + hour * 3600 + minute * 60;
    const event = newEvent(startTs, startTs + minutes * 60);
    saveEvent(context, { ...event, title, location, description, importId: newImportId(context) });
  }
}
