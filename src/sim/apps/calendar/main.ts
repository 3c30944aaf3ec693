import { alertDialog, appBar, column, fab, menu, radio, searchField } from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import { openPreferences } from "../preferences.ts";
import { activity } from "../app.ts";
import { deleteAction } from "../selection.ts";
import type { AppContext } from "../../system/services.ts";
import { datePicker, openDatePicker } from "./date-picker.ts";
import { dateOf, DAY_SECONDS } from "./days.ts";
import { deleteDialog } from "./delete-dialog.ts";
import { dayView, eventListView, searchView } from "./list-views.ts";
import { monthView } from "./month-view.ts";
import { currentView, today, type MainContext, type MainState, type ViewName } from "./main-state.ts";
import { component, EVENT, PACKAGE, TASK } from "./names.ts";

/** `config.storedView` of the app. */
const VIEW_CODES = { month: 1, list: 3, day: 5 } as const;

/** The calendar: a month, a day or a list of what is to come. */
export const main = activity<MainState>({
  create: (context) => ({
    views: [storedView(context)],
    day: today(context),
    search: null,
    selected: [],
    open: "",
    picker: null,
  }),
  view(context) {
    const { state } = context;
    const content: WindowContent = {
      root: column([topBar(context), page(context), newButton(context)], { style: { grow: 1 } }),
    };
    const overlay = overlayOf(context);
    if (overlay) content.overlay = overlay;
    if (state.open === "new") content.overlay = newMenu(context);
    return content;
  },
  back({ state }) {
    if (state.selected.length > 0) state.selected = [];
    else if (state.search !== null) state.search = null;
    else if (state.views.length > 1) state.views.pop();
    else return false;
    return true;
  },
});

function preferences(context: AppContext) {
  return openPreferences(context, `/data/data/${PACKAGE}/shared_prefs/Prefs.xml`);
}

function storedView(context: AppContext): ViewName {
  const code = preferences(context).number("view", VIEW_CODES.month);
  return (Object.keys(VIEW_CODES) as ViewName[]).find((name) => VIEW_CODES[name] === code) ?? "month";
}

function topBar(context: MainContext): View {
  const { state } = context;
  if (state.selected.length > 0)
    return appBar({
      title: String(state.selected.length),
      onUp: () => {
        state.selected = [];
      },
      actions: [
        deleteAction(() => {
          state.open = "delete";
        }),
      ],
    });
  if (state.search !== null) return searchBar(state);
  const now = today(context);
  const shown = dateOf(state.day);
  const away =
    currentView(state) === "month"
      ? shown.year !== dateOf(now).year || shown.month !== dateOf(now).month
      : currentView(state) === "day" && state.day !== now;
  return appBar({
    title: "Calendar",
    ...(state.views.length > 1
      ? { onUp: () => void state.views.pop(), up: { icon: "back", desc: "Back" } }
      : {}),
    actions: [
      {
        icon: "search",
        desc: "Search",
        id: "search",
        onTap: () => {
          state.search = "";
        },
      },
      away && {
        icon: "today",
        desc: "Go to today",
        id: "go_to_today",
        onTap: () => {
          state.day = now;
        },
      },
      {
        icon: "view",
        desc: "Change view",
        id: "change_view",
        onTap: () => {
          state.open = "views";
        },
      },
    ],
    onMore: () => {
      state.open = "menu";
    },
  });
}

function searchBar(state: MainState): View {
  return appBar({
    onUp: () => {
      state.search = null;
    },
    content: searchField({
      id: "top_toolbar_search",
      value: state.search ?? "",
      hint: "Search",
      autoFocus: true,
      onChange: (value) => {
        state.search = value;
      },
    }),
  });
}

function page(context: MainContext): View {
  const { state } = context;
  if (state.search !== null) return searchView(context, state.search);
  const view = currentView(state);
  if (view === "month") return monthView(context);
  return view === "day" ? dayView(context) : eventListView(context);
}

function newButton(context: MainContext): View {
  const { state } = context;
  return fab(
    state.open === "new" ? "close" : "add",
    "New Event",
    () => {
      state.open = "new";
    },
    { id: "calendar_fab" },
  );
}

function newMenu(context: MainContext): NonNullable<WindowContent["overlay"]> {
  const { state } = context;
  const start = (name: string) => () => {
    state.open = "";
    context.startActivity({ component: component(name), extras: { new_event_start_ts: newStart(context) } });
  };
  return {
    look: "sheet",
    onDismiss: () => {
      state.open = "";
    },
    view: menu([
      { text: "Task", icon: "check", onTap: start(TASK) },
      { text: "Event", icon: "calendar", onTap: start(EVENT) },
    ]),
  };
}

/** The next full hour: today's, or on the day that is shown; in another month on its first day. */
function newStart(context: MainContext): number {
  const { state } = context;
  const now = today(context);
  const hour = Math.floor((context.clock.now() / 1000 - now * DAY_SECONDS) / 3600) + 1;
  const view = currentView(state);
  if (view === "day") return state.day * DAY_SECONDS + Math.min(hour, 23) * 3600;
  const shown = dateOf(state.day);
  const other = view === "month" && (shown.year !== dateOf(now).year || shown.month !== dateOf(now).month);
  return (other ? state.day - (shown.day - 1) : now) * DAY_SECONDS + hour * 3600;
}

function overlayOf(context: MainContext): WindowContent["overlay"] {
  const { state } = context;
  const close = (): void => {
    state.open = "";
  };
  if (state.picker)
    return datePicker(
      state.picker,
      (day) => {
        state.day = day;
        state.picker = null;
        if (currentView(state) === "list") state.views.push("day");
      },
      () => {
        state.picker = null;
      },
    );
  if (state.open === "menu")
    return {
      look: "menu",
      onDismiss: close,
      view: menu([
        {
          text: "Go to date",
          onTap: () => {
            close();
            state.picker = openDatePicker(state.day);
          },
        },
        {
          text: "Go to today",
          onTap: () => {
            close();
            state.day = today(context);
          },
        },
      ]),
    };
  if (state.open === "views") return viewDialog(context, close);
  if (state.open !== "delete") return undefined;
  const chosen = state.selected.map((key) => {
    const [id = "", start = ""] = key.split("@");
    return { id: Number(id), startTs: Number(start) };
  });
  return deleteDialog(context, state, chosen, close, () => {
    state.selected = [];
  });
}

function viewDialog(context: MainContext, close: () => void): WindowContent["overlay"] {
  const { state } = context;
  const names = [
    ["day", "Daily view"],
    ["month", "Monthly view"],
    ["list", "Simple event list"],
  ] as const;
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: "Change view",
      body: names.map(([name, label]) =>
        radio({
          text: label,
          checked: currentView(state) === name,
          onToggle: () => {
            state.views = [name];
            preferences(context).put({ view: VIEW_CODES[name] });
            close();
          },
        }),
      ),
    }),
  };
}
