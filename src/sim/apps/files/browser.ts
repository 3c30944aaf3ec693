import {
  button,
  column,
  emptyState,
  icon,
  list,
  listItem,
  row,
  spacer,
  text,
  theme,
  type View,
  type WindowContent,
} from "../../ui/index.ts";
import { toolbar } from "./bars.ts";
import { copyInto, moveInto, refusal } from "./changes.ts";
import { filesDialog } from "./dialogs.ts";
import { formatDate, formatSize, nameOf, parentOf, typeOf, type Entry } from "./entries.ts";
import { filesPackage, viewerName } from "./names.ts";
import { rootOf, roots } from "./roots.ts";
import { openFolder, openRoot, shownEntries, type FilesContext, type Transfer } from "./state.ts";

/** The screen of both activities: the browser, and the choice of a folder to copy or move to. */
export function browser(context: FilesContext): WindowContent {
  const { state } = context;
  if (state.drawer) return { root: drawer(context) };
  const entries = shownEntries(context);
  return {
    root: column(
      [
        toolbar(context),
        breadcrumb(context),
        entries.length === 0
          ? emptyState({ icon: "folder", title: state.query ? "No matches" : "No items" })
          : list(
              "dir_list",
              entries.map((entry) => entryRow(context, entry)),
              { style: { grow: 1 } },
            ),
        state.transfer && transferBar(context, state.transfer),
      ],
      { style: { grow: 1 } },
    ),
    ...(state.dialog === undefined ? {} : { overlay: filesDialog(context, state.dialog) }),
  };
}

/** Back: out of what is open, then up a folder. */
export function backInBrowser(context: FilesContext): boolean {
  const { state } = context;
  const root = rootOf(state.root);
  if (state.drawer) state.drawer = false;
  else if (state.selected.length > 0) state.selected = [];
  else if (state.query !== undefined) state.query = undefined;
  else if (state.folder !== undefined && state.folder !== root.folder)
    openFolder(context, parentOf(state.folder));
  else return false;
  return true;
}

function entryRow(context: FilesContext, entry: Entry): View {
  const { state } = context;
  const selected = state.selected.includes(entry.path);
  const toggle = (): void => {
    state.selected = selected
      ? state.selected.filter((path) => path !== entry.path)
      : [...state.selected, entry.path];
  };
  const date = formatDate(context, entry.mtime);
  const details = entry.folder ? date : `${date}, ${formatSize(entry.size)}, ${typeOf(entry.name).label}`;
  return listItem({
    id: "item_root",
    title: entry.name,
    subtitle: details,
    leading: selected
      ? icon("check", { desc: "Selected" })
      : icon(entry.folder ? "folder" : typeOf(entry.name).icon),
    selected,
    onTap: () => {
      if (state.selected.length > 0) toggle();
      else if (entry.folder) openFolder(context, entry.path);
      else if (state.transfer === undefined) openFile(context, entry);
    },
    ...(state.transfer === undefined ? { onLongPress: toggle } : {}),
  });
}

/** Text is shown; for other kinds no app is there. */
function openFile(context: FilesContext, entry: Entry): void {
  if (typeOf(entry.name).mime.startsWith("text/"))
    context.startActivity({
      component: `${filesPackage}/${viewerName}`,
      data: `file://${entry.path}`,
    });
  else context.toast("Can't open file");
}

/** The folders from the root down to here; a tap goes back up to one. */
function breadcrumb(context: FilesContext): View | false {
  const { folder, root: id, query } = context.state;
  const root = rootOf(id);
  if (folder === undefined || root.folder === undefined || query !== undefined || folder === root.folder)
    return false;
  const names = folder.slice(root.folder.length + 1).split("/");
  const steps = [
    { title: root.title, path: root.folder },
    ...names.map((title, index) => ({
      title,
      path: `${root.folder}/${names.slice(0, index + 1).join("/")}`,
    })),
  ];
  return row(
    steps.flatMap(({ title, path }, index) => [
      index > 0 && icon("chevron-right", { size: 18 }),
      text(title, {
        id: "breadcrumb_text",
        size: 14,
        color: path === folder ? theme.text : theme.secondaryText,
        onTap: () => openFolder(context, path),
      }),
    ]),
    { id: "horizontal_breadcrumb", style: { paddingHorizontal: 16, height: 40, gap: 4 } },
  );
}

function drawer(context: FilesContext): View {
  const { state } = context;
  const usable = roots.filter((root) => state.transfer === undefined || root.folder !== undefined);
  const panel = column(
    [
      text("Files", { size: 22, style: { padding: 20 } }),
      list(
        "roots_list",
        usable.map((root) =>
          listItem({
            title: root.title,
            leading: icon(root.icon),
            selected: root.id === state.root,
            onTap: () => openRoot(state, root.id),
          }),
        ),
        { style: { grow: 1 } },
      ),
    ],
    { id: "drawer_roots", style: { width: 300, background: theme.background } },
  );
  const outside = column([], {
    desc: "Close navigation drawer",
    style: { grow: 1, background: "#8a8d92" },
    onTap: () => {
      state.drawer = false;
    },
  });
  return row([panel, outside], { style: { grow: 1, align: "stretch" } });
}

/** Under the choice of a folder. */
function transferBar(context: FilesContext, transfer: Transfer): View {
  const { folder } = context.state;
  const names = transfer.sources.map(nameOf);
  const what = names.length === 1 ? names[0]! : `${names.length} items`;
  return row(
    [
      text(`${transfer.moving ? "Move" : "Copy"} ${what}`, { size: 14, maxLines: 1, style: { shrink: 1 } }),
      spacer(),
      button("CANCEL", () => context.finish(), { id: "android:id/button2", look: "text" }),
      button(transfer.moving ? "MOVE" : "COPY", () => carryOut(context, transfer, folder), {
        id: "android:id/button1",
        look: "filled",
        enabled: folder !== undefined,
      }),
    ],
    { id: "container_save", style: { padding: 12, gap: 8, background: theme.surface } },
  );
}

function carryOut(context: FilesContext, transfer: Transfer, folder: string | undefined): void {
  if (folder === undefined) return;
  const sources = transfer.sources.filter((source) => context.files.exists(source));
  const reason = refusal(sources, folder, transfer.moving);
  if (reason !== undefined) {
    context.toast(reason);
    return;
  }
  for (const source of sources) (transfer.moving ? moveInto : copyInto)(context, source, folder);
  const count = sources.length === 1 ? "1 item" : `${sources.length} items`;
  context.finish(`${transfer.moving ? "Moved" : "Copied"} ${count} to ${nameOf(folder)}`);
}
