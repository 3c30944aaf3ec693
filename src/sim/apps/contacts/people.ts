import {
  alertDialog,
  appBar,
  avatar,
  column,
  emptyState,
  fab,
  icon,
  list,
  row,
  searchField,
  spacer,
  text,
  theme,
} from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { backOut, toggle } from "../selection.ts";
import { deleteContact, listContacts, type ContactSummary } from "./model.ts";
import { component, contactUri, DETAILS, EDITOR } from "./names.ts";

type State = { search: string; selected: number[]; deleting: boolean };

/** The list of contacts. A long press starts a selection. */
export const people = activity<State>({
  create: () => ({ search: "", selected: [], deleting: false }),
  view(context) {
    const { state } = context;
    const contacts = listContacts(context, state.search);
    const content: WindowContent = {
      root: column(
        [
          state.selected.length > 0 ? selectionBar(context, contacts) : searchBar(context),
          contacts.length === 0
            ? emptyState(
                state.search === ""
                  ? { icon: "person", title: "No contacts yet" }
                  : { icon: "search", title: "No contacts found" },
              )
            : list("recycler_view", [...rows(context, contacts), spacer(80)], { style: { grow: 1 } }),
          fab(
            "add",
            "Create contact",
            () =>
              context.startActivity({
                action: "android.intent.action.INSERT",
                component: component(EDITOR),
              }),
            { id: "floating_action_button" },
          ),
        ],
        { style: { grow: 1 } },
      ),
    };
    if (state.deleting) content.overlay = deleteDialog(context);
    return content;
  },
  back: ({ state }) => backOut(state),
});

function searchBar({ state }: ActivityContext<State>): View {
  return row(
    [
      searchField({
        id: "open_search_bar",
        value: state.search,
        hint: "Search contacts",
        onChange: (value) => {
          state.search = value;
        },
      }),
    ],
    { style: { paddingHorizontal: 16, paddingVertical: 8 } },
  );
}

function selectionBar({ state }: ActivityContext<State>, contacts: ContactSummary[]): View {
  return appBar({
    title: String(state.selected.length),
    onUp: () => {
      state.selected = [];
    },
    up: { icon: "close", desc: "Clear selection" },
    actions: [
      {
        icon: "check",
        desc: "Select all",
        onTap: () => {
          state.selected = contacts.map((contact) => contact.id);
        },
      },
      {
        icon: "delete",
        desc: "Delete",
        onTap: () => {
          state.deleting = true;
        },
      },
    ],
  });
}

function rows(context: ActivityContext<State>, contacts: ContactSummary[]): View[] {
  const { state } = context;
  return contacts.map((contact) => {
    const selected = state.selected.includes(contact.id);
    const select = (): void => toggle(state, contact.id);
    return row(
      [
        selected
          ? icon("check", { size: 24, style: { width: 40, height: 40 }, desc: "Selected" })
          : avatar(contact.name),
        text(contact.name, { id: "cliv_name_textview", size: 16, maxLines: 1, style: { grow: 1 } }),
        contact.starred && icon("star", { size: 18, desc: "Favorite", color: theme.primary }),
      ],
      {
        selected,
        onTap: () => {
          if (state.selected.length > 0) select();
          else
            context.startActivity({
              action: "android.intent.action.VIEW",
              data: contactUri(contact.id),
              component: component(DETAILS),
            });
        },
        onLongPress: select,
        style: {
          minHeight: 60,
          gap: 14,
          paddingHorizontal: 12,
          ...(selected ? { background: theme.primaryContainer } : {}),
        },
      },
    );
  });
}

function deleteDialog(context: ActivityContext<State>): NonNullable<WindowContent["overlay"]> {
  const { state } = context;
  const count = state.selected.length;
  const close = (): void => {
    state.deleting = false;
  };
  return {
    look: "dialog",
    onDismiss: close,
    view: alertDialog({
      title: count === 1 ? "Delete contact?" : `Delete ${count} contacts?`,
      message: "They will be permanently deleted from your device",
      negative: { text: "Cancel", onTap: close },
      positive: {
        text: "Delete",
        onTap: () => {
          for (const id of state.selected) deleteContact(context, id);
          context.toast(count === 1 ? "Contact deleted" : `${count} contacts deleted`);
          state.selected = [];
          close();
        },
      },
    }),
  };
}
