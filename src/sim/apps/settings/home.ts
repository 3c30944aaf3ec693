import {
  appBar,
  column,
  icon,
  list,
  listItem,
  row,
  searchField,
  text,
  theme,
  type View,
  type WindowContent,
} from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { openPage } from "./open.ts";
import { homeEntries, pages } from "./pages/index.ts";

interface HomeState {
  /** What is searched for; absent while the list is shown. */
  query?: string | undefined;
}

type HomeContext = ActivityContext<HomeState>;

export const settingsHome = activity<HomeState>({
  create: () => ({}),
  view: (context) =>
    context.state.query === undefined ? homeScreen(context) : searchScreen(context, context.state.query),
  back({ state }) {
    const searching = state.query !== undefined;
    state.query = undefined;
    return searching;
  },
});

function homeScreen(context: HomeContext): WindowContent {
  return {
    statusBarColor: theme.surface,
    root: list(
      "main_content_scrollable_container",
      [
        text("Settings", {
          id: "homepage_title",
          size: 36,
          style: { paddingHorizontal: 24, marginVertical: 32 },
        }),
        searchBar(context),
        ...homeEntries.map((entry) => {
          const { page } = entry;
          const name = context.settings.get("global", "device_name") ?? "";
          return listItem({
            title: entry.title,
            subtitle: entry.title === "About phone" ? name : entry.summary,
            leading: icon(entry.icon),
            ...(page === undefined ? {} : { onTap: () => openPage(context, page) }),
            style: { paddingHorizontal: 24, gap: 24, minHeight: 76 },
          });
        }),
      ],
      { style: { grow: 1, background: theme.surface } },
    ),
  };
}

function searchBar(context: HomeContext): View {
  return row([icon("search"), text("Search settings", { id: "search_action_bar_title", size: 18 })], {
    id: "search_action_bar",
    onTap: () => {
      context.state.query = "";
    },
    style: {
      height: 56,
      radius: 28,
      gap: 16,
      paddingHorizontal: 20,
      marginHorizontal: 16,
      marginVertical: 12,
      background: theme.background,
    },
  });
}

function searchScreen(context: HomeContext, query: string): WindowContent {
  const found = query.trim() === "" ? [] : search(context, query.trim());
  return {
    root: column(
      [
        appBar({
          onUp: () => {
            context.state.query = undefined;
            context.hideKeyboard();
          },
          content: searchField({
            id: "open_search_view_edit_text",
            value: query,
            hint: "Search settings",
            autoFocus: true,
            onChange: (typed) => {
              context.state.query = typed;
            },
          }),
        }),
        list(
          "search_results",
          found.length === 0 && query.trim() !== ""
            ? [text("No results", { color: theme.secondaryText, style: { padding: 24 } })]
            : found.map((result) =>
                listItem({
                  title: result.title,
                  subtitle: result.path,
                  onTap: () => {
                    context.hideKeyboard();
                    openPage(context, result.page);
                  },
                }),
              ),
          { style: { grow: 1 } },
        ),
      ],
      { style: { grow: 1 } },
    ),
  };
}

interface SearchResult {
  title: string;
  /** Title of the page it is on. */
  path: string;
  page: string;
}

/** Looks in the titles of all pages and of the rows on them. */
function search(context: HomeContext, query: string): SearchResult[] {
  const wanted = query.toLowerCase();
  const pageContext = { ...context, state: { page: "", argument: "" } };
  return Object.entries(pages)
    .filter(([page]) => !page.includes(".appinfo.") && !page.endsWith(".AppStorageSettings"))
    .flatMap(([id, page]) => [
      { title: page.title, path: "Settings", page: id },
      ...page
        .preferences(pageContext)
        .filter((preference) => preference.kind !== "category")
        .map(({ title }) => ({ title, path: page.title, page: id })),
    ])
    .filter(({ title }) => title.toLowerCase().includes(wanted));
}
