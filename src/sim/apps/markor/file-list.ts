import { column, icon, list, row, spacer, text, theme } from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import type { BrowserContext } from "./browser-state.ts";
import { sizeText, timeText } from "./info.ts";
import { component, DOCUMENT } from "./names.ts";
import { NOTEBOOK, parentOf, type Entry } from "./notebook.ts";

export function openFile(context: BrowserContext, path: string): void {
  context.startActivity({ component: component(DOCUMENT), extras: { path } });
}

/** Files and folders; a tap opens, a long press starts a selection. */
export function fileList(context: BrowserContext, entries: readonly Entry[]): View {
  const { state } = context;
  const up =
    state.folder === NOTEBOOK || state.search !== null
      ? []
      : [
          fileRow("folder", "..", parentOf(state.folder), {
            onTap: () => {
              state.folder = parentOf(state.folder);
            },
          }),
        ];
  const rows = entries.map((entry) => {
    const selected = state.selected.includes(entry.path);
    const toggle = (): void => {
      state.selected = selected
        ? state.selected.filter((path) => path !== entry.path)
        : [...state.selected, entry.path];
    };
    const open = (): void => {
      if (!entry.folder) openFile(context, entry.path);
      else {
        state.folder = entry.path;
        state.search = null;
        context.scrollToStart("ui__filesystem_dialog__list");
      }
    };
    const where = state.search === null ? "" : `${parentOf(entry.path).slice(NOTEBOOK.length + 1)} `;
    const facts = entry.folder ? timeText(entry.mtime) : `${timeText(entry.mtime)}  ${sizeText(entry.size)}`;
    return fileRow(entry.folder ? "folder" : "file", entry.name, (where + facts).trim(), {
      selected,
      onTap: state.selected.length > 0 ? toggle : open,
      onLongPress: toggle,
    });
  });
  return list("ui__filesystem_dialog__list", [...up, ...rows, spacer(80)], { style: { grow: 1 } });
}

function fileRow(
  kind: "folder" | "file",
  name: string,
  description: string,
  handlers: { selected?: boolean; onTap: () => void; onLongPress?: () => void },
): View {
  const { selected = false } = handlers;
  return row(
    [
      icon(selected ? "check" : kind, {
        id: "opoc_filesystem_item__image",
        desc: selected ? "Selected" : kind === "folder" ? "Folder" : "File",
        size: 28,
        color: kind === "folder" ? theme.primary : theme.secondaryText,
      }),
      column(
        [
          text(name, { id: "opoc_filesystem_item__title", size: 17, maxLines: 1 }),
          text(description, {
            id: "opoc_filesystem_item__description",
            size: 13,
            color: theme.secondaryText,
            maxLines: 1,
          }),
        ],
        { style: { grow: 1, shrink: 1, gap: 2 } },
      ),
    ],
    {
      id: "opoc_filesystem_item__root",
      ...handlers,
      style: {
        gap: 16,
        minHeight: 64,
        paddingHorizontal: 16,
        ...(selected ? { background: theme.primaryContainer } : {}),
      },
    },
  );
}
