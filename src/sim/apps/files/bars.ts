import { appBar, searchField, type View } from "../../ui/index.ts";
import { nameOf, typeOf } from "./entries.ts";
import { rootOf } from "./roots.ts";
import { selection, shownEntries, type FilesContext } from "./state.ts";

export function toolbar(context: FilesContext): View {
  const { state } = context;
  if (state.selected.length > 0) return selectionBar(context);
  if (state.query !== undefined) return searchBar(context, state.query);
  const root = rootOf(state.root);
  const inRoot = state.folder === undefined || state.folder === root.folder;
  return appBar({
    title: inRoot ? root.title : nameOf(state.folder!),
    up: { icon: "menu", desc: "Show roots" },
    onUp: () => {
      state.drawer = true;
    },
    actions: [
      {
        icon: "search",
        desc: "Search",
        id: "option_menu_search",
        onTap: () => {
          state.query = "";
        },
      },
    ],
    onMore: () => {
      state.dialog = { kind: "menu" };
    },
  });
}

function searchBar(context: FilesContext, query: string): View {
  const { state } = context;
  return appBar({
    onUp: () => {
      state.query = undefined;
      context.hideKeyboard();
    },
    up: { icon: "back", desc: "Collapse" },
    content: searchField({
      id: "search_src_text",
      value: query,
      hint: "Search",
      autoFocus: true,
      onChange: (typed) => {
        state.query = typed;
      },
      onSubmit: () => context.hideKeyboard(),
    }),
  });
}

/** The bar over a selection. */
function selectionBar(context: FilesContext): View {
  const { state } = context;
  const files = selection(context);
  return appBar({
    title: `${state.selected.length} selected`,
    up: { icon: "close", desc: "Done" },
    onUp: () => {
      state.selected = [];
    },
    actions: [
      files.every((entry) => !entry.folder) && {
        icon: "share",
        desc: "Share",
        id: "action_menu_share",
        onTap: () => {
          const first = files[0];
          if (first === undefined) return;
          const sent = context.startActivity({
            action: "android.intent.action.SEND",
            type: typeOf(first.name).mime,
            extras: { "android.intent.extra.STREAM": `file://${first.path}` },
          });
          if (!sent) context.toast("No apps can perform this action.");
        },
      },
      {
        icon: "delete",
        desc: "Delete",
        id: "action_menu_delete",
        onTap: () => {
          state.dialog = { kind: "delete" };
        },
      },
    ],
    onMore: () => {
      state.dialog = { kind: "selectionMenu" };
    },
  });
}

export function selectAll(context: FilesContext): void {
  context.state.selected = shownEntries(context).map((entry) => entry.path);
}
