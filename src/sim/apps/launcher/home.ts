import type { PackageEntry } from "../../system/services.ts";
import {
  column,
  emptyState,
  grid,
  icon,
  iconButton,
  menu,
  row,
  scroll,
  searchField,
  spacer,
  text,
  theme,
  type View,
  type WindowContent,
} from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { shortDate } from "../dates.ts";
import { appIcon } from "./icons.ts";
import { launch, launcherApps, showAppInfo } from "./launch.ts";

interface HomeState {
  /** What is typed over the list of all apps; absent while the home screen is shown. */
  drawer?: { query: string; searching: boolean } | undefined;
  /** The app whose menu is open. */
  menuOf?: string | undefined;
}

type HomeContext = ActivityContext<HomeState>;

const wallpaper = "#35506e";
const onWallpaper = "#ffffff";

/** What the home screen holds, where it is installed. */
const onHome = ["com.simplemobiletools.calendar.pro", "net.gsantner.markor"];
const onDock = [
  "com.simplemobiletools.smsmessenger",
  "com.google.android.contacts",
  "com.google.android.deskclock",
  "com.google.android.documentsui",
  "com.android.settings",
];

export const homeActivity = activity<HomeState>({
  create: () => ({}),
  view(context) {
    const { state } = context;
    const screen = state.drawer === undefined ? homeScreen(context) : drawerScreen(context, state.drawer);
    const packageName = state.menuOf;
    if (packageName === undefined) return screen;
    const close = (): void => {
      state.menuOf = undefined;
    };
    const info = (): void => {
      close();
      showAppInfo(context, packageName);
    };
    const view = menu([{ text: "App info", icon: "info", onTap: info }]);
    return { ...screen, overlay: { look: "menu", view, onDismiss: close } };
  },
  back({ state }) {
    const open = state.drawer !== undefined;
    state.drawer = undefined;
    return open;
  },
  /** The home key leads to the home screen wherever one was. */
  resume({ state }, _result, intent) {
    if (intent === undefined) return;
    state.drawer = undefined;
    state.menuOf = undefined;
  },
});

function homeScreen(context: HomeContext): WindowContent {
  const { state } = context;
  const apps = launcherApps(context);
  const pick = (names: readonly string[]): PackageEntry[] =>
    names.flatMap((name) => apps.find((app) => app.package === name) ?? []);
  const openDrawer = (searching: boolean): void => {
    state.drawer = { query: "", searching };
  };
  return {
    statusBarColor: wallpaper,
    root: column(
      [
        text(shortDate(context.clock.date()), {
          id: "bc_smartspace_view",
          size: 26,
          color: onWallpaper,
          style: { padding: 28 },
        }),
        spacer(),
        grid(
          4,
          pick(onHome).map((app) => tappableIcon(context, app, onWallpaper)),
          { paddingHorizontal: 16 },
        ),
        iconButton("collapse", "Apps list", () => openDrawer(false), {
          id: "all_apps_handle",
          color: onWallpaper,
          style: { alignSelf: "center" },
        }),
        row(
          pick(onDock).map((app) => column([tappableIcon(context, app)], { style: { grow: 1, width: 0 } })),
          { id: "hotseat", style: { paddingHorizontal: 12 } },
        ),
        searchBar(() => openDrawer(true)),
      ],
      {
        id: "workspace",
        onSwipe: (direction) => direction === "up" && openDrawer(false),
        style: { grow: 1, background: wallpaper },
      },
    ),
  };
}

function searchBar(onTap: () => void): View {
  return row([icon("search"), text("Search", { size: 16, color: theme.secondaryText })], {
    id: "search_container_hotseat",
    desc: "Search",
    onTap,
    style: { height: 52, radius: 26, gap: 12, paddingHorizontal: 16, margin: 16, background: "#ffffff" },
  });
}

function drawerScreen(context: HomeContext, drawer: NonNullable<HomeState["drawer"]>): WindowContent {
  const wanted = drawer.query.trim().toLowerCase();
  const found = launcherApps(context).filter((app) => app.label.toLowerCase().includes(wanted));
  return {
    root: column(
      [
        searchField({
          id: "fallback_search_view",
          value: drawer.query,
          hint: "Search apps",
          autoFocus: drawer.searching,
          onChange: (typed) => {
            drawer.query = typed;
          },
          onSubmit: () => {
            const first = found[0];
            if (first !== undefined && wanted !== "") open(context, first);
          },
          style: { margin: 16, grow: 0 },
        }),
        found.length === 0
          ? emptyState({ icon: "apps", title: `No apps found matching "${drawer.query.trim()}"` })
          : scroll(
              "apps_list_view",
              [
                grid(
                  4,
                  found.map((app) => tappableIcon(context, app, theme.text)),
                  { paddingHorizontal: 8, gap: 8 },
                ),
              ],
              { className: "androidx.recyclerview.widget.RecyclerView", style: { grow: 1 } },
            ),
      ],
      {
        id: "apps_view",
        onSwipe(direction) {
          if (direction === "down") context.state.drawer = undefined;
        },
        style: { grow: 1, background: theme.surface },
      },
    ),
    statusBarColor: theme.surface,
  };
}

function tappableIcon(context: HomeContext, app: PackageEntry, label?: string): View {
  return appIcon(app, {
    ...(label === undefined ? {} : { label }),
    onTap: () => open(context, app),
    onLongPress: () => {
      context.state.menuOf = app.package;
    },
  });
}

function open(context: HomeContext, app: PackageEntry): void {
  context.state.drawer = undefined;
  context.hideKeyboard();
  launch(context, app);
}
