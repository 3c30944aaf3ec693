import { column, fab, list, listItem, searchField, text, theme, type View } from "../../ui/index.ts";
import { openPreferences } from "../preferences.ts";
import { shortDate, timeOfDay } from "../dates.ts";
import type { ClockContext } from "./state.ts";
import { clockPreferences } from "./stopwatch.ts";

/** Cities by their hours from UTC, without summer time: the device knows no time zones. */
const cities: Record<string, number> = {
  Auckland: 12,
  Bangkok: 7,
  Beijing: 8,
  Berlin: 1,
  Cairo: 2,
  Chicago: -6,
  Dubai: 4,
  "Hong Kong": 8,
  Johannesburg: 2,
  London: 0,
  "Los Angeles": -8,
  "Mexico City": -6,
  Mumbai: 5.5,
  Nairobi: 3,
  "New York": -5,
  Paris: 1,
  "São Paulo": -3,
  Seoul: 9,
  Singapore: 8,
  Sydney: 10,
  Tokyo: 9,
  Toronto: -5,
};
const citiesKey = "selected_cities";

export function clockTab(context: ClockContext): View {
  const now = context.clock.date();
  return column(
    [
      column(
        [
          text(timeOfDay(context.settings, now.getUTCHours(), now.getUTCMinutes()), {
            id: "digital_clock",
            size: 64,
          }),
          text(shortDate(now), { id: "date", size: 16, color: theme.secondaryText }),
        ],
        { style: { align: "center", gap: 4, marginVertical: 40 } },
      ),
      list(
        "cities",
        selectedCities(context).map((city) => cityRow(context, city)),
        { style: { grow: 1 } },
      ),
      fab("add", "Add city", () => {
        context.state.citySearch = "";
      }),
    ],
    { style: { grow: 1 } },
  );
}

/** The list of cities to add, narrowed by what is typed. */
export function citySearch(context: ClockContext, query: string): View {
  const found = Object.keys(cities).filter((city) => city.toLowerCase().includes(query.toLowerCase()));
  return column(
    [
      searchField({
        id: "search_src_text",
        value: query,
        hint: "Search for a city",
        autoFocus: true,
        onChange: (typed) => {
          context.state.citySearch = typed;
        },
        style: { margin: 12, grow: 0 },
      }),
      list(
        "cities_list",
        found.map((city) =>
          listItem({
            title: city,
            onTap: () => {
              putCities(context, [...selectedCities(context).filter((other) => other !== city), city]);
              context.state.citySearch = undefined;
              context.hideKeyboard();
            },
          }),
        ),
        { style: { grow: 1 } },
      ),
    ],
    { style: { grow: 1 } },
  );
}

function cityRow(context: ClockContext, city: string): View {
  const there = new Date(context.clock.now() + (cities[city] ?? 0) * 3_600_000);
  return listItem({
    title: city,
    subtitle: shortDate(there),
    trailing: text(timeOfDay(context.settings, there.getUTCHours(), there.getUTCMinutes()), {
      id: "city_time",
      size: 24,
    }),
    onLongPress: () => {
      putCities(
        context,
        selectedCities(context).filter((other) => other !== city),
      );
      context.toast(`${city} removed`);
    },
  });
}

function selectedCities(context: ClockContext): string[] {
  const stored = openPreferences(context, clockPreferences).get(citiesKey);
  return Array.isArray(stored) ? stored : [];
}

function putCities(context: ClockContext, chosen: string[]): void {
  openPreferences(context, clockPreferences).put({ [citiesKey]: chosen });
}
