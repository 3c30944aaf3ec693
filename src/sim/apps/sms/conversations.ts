import {
  appBar,
  avatar,
  column,
  emptyState,
  fab,
  icon,
  list,
  menu,
  row,
  searchField,
  spacer,
  text,
  theme,
} from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import { activity, type ActivityContext } from "../app.ts";
import { openElsewhere } from "../elsewhere.ts";
import { backOut, deleteAction, toggle } from "../selection.ts";
import { deleteDialog } from "./dialogs.ts";
import {
  dateText,
  listConversations,
  listPeople,
  markRead,
  nameOf,
  searchMessages,
  type Conversation,
} from "./model.ts";
import { component, NEW_CONVERSATION, THREAD } from "./names.ts";

type State = { search: string; selected: number[]; open: "" | "menu" | "delete" };

/** All conversations, the newest first. A long press starts a selection. */
export const conversations = activity<State>({
  create: () => ({ search: "", selected: [], open: "" }),
  view(context) {
    const { state } = context;
    const all = listConversations(context);
    const selected = all.filter((conversation) => state.selected.includes(conversation.threadId));
    const content: WindowContent = {
      root: column(
        [
          selected.length > 0 ? selectionBar(context, all, selected) : searchBar(context),
          state.search.length > 1 ? searchResults(context) : conversationList(context, all),
          fab(
            "add",
            // The real one has no description.
            undefined,
            () => context.startActivity({ component: component(NEW_CONVERSATION) }),
            { id: "conversations_fab" },
          ),
        ],
        { style: { grow: 1 } },
      ),
    };
    const close = (): void => {
      state.open = "";
    };
    if (state.open === "menu")
      content.overlay = { look: "menu", onDismiss: close, view: selectionMenu(context, selected) };
    if (state.open === "delete")
      content.overlay = deleteDialog(selected.length, "conversation", close, () => {
        for (const { threadId } of selected)
          context.content.delete(`content://mms-sms/conversations/${threadId}`);
        state.selected = [];
      });
    return content;
  },
  back: ({ state }) => backOut(state),
});

function searchBar({ state }: ActivityContext<State>): View {
  return row(
    [
      searchField({
        id: "top_toolbar_search",
        value: state.search,
        hint: "Search",
        onChange: (value) => {
          state.search = value;
        },
      }),
    ],
    { id: "main_menu", style: { paddingHorizontal: 16, paddingVertical: 8 } },
  );
}

function conversationList(context: ActivityContext<State>, all: readonly Conversation[]): View {
  const { state } = context;
  if (all.length === 0)
    return emptyState({
      icon: "message",
      title: "No stored conversations have been found",
      message: "Start a conversation",
    });
  const rows = all.map((conversation) => {
    const selected = state.selected.includes(conversation.threadId);
    const select = (): void => toggle(state, conversation.threadId);
    return conversationRow(context, conversation, {
      selected,
      onTap: state.selected.length > 0 ? select : () => openThread(context, conversation.address),
      onLongPress: select,
    });
  });
  return list("conversations_list", [...rows, spacer(80)], { style: { grow: 1 } });
}

function conversationRow(
  context: ActivityContext<State>,
  {
    title,
    snippet,
    date,
    unread,
    draft,
  }: Pick<Conversation, "title" | "snippet" | "date" | "unread" | "draft">,
  handlers: { selected?: boolean; onTap: () => void; onLongPress?: () => void },
): View {
  const color = unread ? theme.text : theme.secondaryText;
  return row(
    [
      handlers.selected
        ? icon("check", { desc: "Selected", style: { width: 44, height: 44 } })
        : avatar(title, 44),
      column(
        [
          row(
            [
              text(title, { id: "conversation_address", size: 17, bold: unread, maxLines: 1 }),
              draft && text("Draft", { id: "draft_indicator", size: 14, color: theme.error }),
            ],
            { style: { gap: 8 } },
          ),
          text(snippet, { id: "conversation_body_short", size: 15, bold: unread, color, maxLines: 2 }),
        ],
        { style: { grow: 1, shrink: 1, gap: 2 } },
      ),
      text(dateText(context, date), {
        id: "conversation_date",
        size: 13,
        bold: unread,
        color,
        maxLines: 1,
        style: { shrink: 0 },
      }),
    ],
    {
      id: "conversation_holder",
      ...handlers,
      style: {
        gap: 14,
        paddingHorizontal: 16,
        paddingVertical: 10,
        minHeight: 72,
        ...(handlers.selected ? { background: theme.primaryContainer } : {}),
      },
    },
  );
}

function searchResults(context: ActivityContext<State>): View {
  const { state } = context;
  const people = listPeople(context);
  const words = state.search.toLowerCase();
  const named = listConversations(context).filter((conversation) =>
    conversation.title.toLowerCase().includes(words),
  );
  const rows = [
    ...named.map((found) =>
      conversationRow(context, found, { onTap: () => openThread(context, found.address) }),
    ),
    ...searchMessages(context, state.search).map((message) =>
      conversationRow(
        context,
        {
          title: nameOf(people, message.address),
          snippet: message.body,
          date: message.date,
          unread: false,
          draft: false,
        },
        { onTap: () => openThread(context, message.address) },
      ),
    ),
  ];
  return rows.length === 0
    ? emptyState({ title: "No items found." })
    : list("search_results_list", rows, { style: { grow: 1 } });
}

function selectionBar(context: ActivityContext<State>, all: Conversation[], selected: Conversation[]): View {
  const { state } = context;
  return appBar({
    title: `${selected.length} / ${all.length}`,
    onUp: () => {
      state.selected = [];
    },
    actions: [
      deleteAction(() => {
        state.open = "delete";
      }),
    ],
    onMore: () => {
      state.open = "menu";
    },
  });
}

function selectionMenu(context: ActivityContext<State>, selected: Conversation[]): View {
  const { state } = context;
  const done = (work: () => void) => () => {
    work();
    state.open = "";
    state.selected = [];
  };
  const only = selected.length === 1 ? selected[0] : undefined;
  const items = [
    {
      text: "Mark as Read",
      onTap: done(() => {
        for (const { threadId } of selected) markRead(context, threadId);
      }),
    },
    {
      text: "Mark as Unread",
      onTap: done(() => {
        for (const { threadId } of selected) markRead(context, threadId, false);
      }),
    },
    {
      text: "Select all",
      onTap: () => {
        state.selected = listConversations(context).map((conversation) => conversation.threadId);
        state.open = "";
      },
    },
  ];
  if (only)
    items.unshift(
      {
        text: "Dial number",
        onTap: done(() =>
          openElsewhere(context, { action: "android.intent.action.DIAL", data: `tel:${only.address}` }),
        ),
      },
      {
        text: "Copy number to clipboard",
        onTap: done(() => context.clipboard.set(only.address)),
      },
    );
  return menu(items);
}

function openThread(context: ActivityContext<State>, address: string): void {
  context.startActivity({ component: component(THREAD), extras: { thread_number: address } });
}
