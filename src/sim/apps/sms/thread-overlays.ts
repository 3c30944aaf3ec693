import { menu } from "../../ui/index.ts";
import type { View } from "../../ui/index.ts";
import { deleteDialog, type Overlay } from "./dialogs.ts";
import { listPeople, markRead, nameOf, readThread, writeDraft, type Message } from "./model.ts";
import { component, NEW_CONVERSATION } from "./names.ts";
import type { ThreadContext } from "./thread-state.ts";

/** The question or menu that is open over a conversation. */
export function threadOverlay(
  context: ThreadContext,
  messages: readonly Message[],
  selected: readonly Message[],
): Overlay | undefined {
  const { state } = context;
  const close = (): void => {
    state.open = "";
  };
  const remove = (gone: readonly Message[]): void => {
    for (const { id } of gone) context.content.delete(`content://sms/${id}`);
    state.selected = [];
  };
  if (state.open === "delete")
    return deleteDialog(selected.length, "message", close, () => {
      remove(selected);
      if (selected.length === messages.length) context.finish();
    });
  if (state.open === "deleteAll")
    return deleteDialog(1, "conversation", close, () => {
      remove(messages);
      writeDraft(context, state.address, "");
      context.finish();
    });
  if (state.open === "menu")
    return { look: "menu", onDismiss: close, view: selectionMenu(context, messages, selected) };
  if (state.open !== "more") return undefined;
  const known = nameOf(listPeople(context), state.address) !== state.address;
  const { threadId } = readThread(context, state.address);
  const items = [
    {
      text: "Mark as Unread",
      onTap: () => {
        close();
        context.finish();
        if (threadId !== undefined) markRead(context, threadId, false);
      },
    },
  ];
  if (!known)
    items.unshift({
      text: "Add number to contact",
      onTap: () => {
        close();
        context.startActivity({
          action: "android.intent.action.INSERT",
          type: "vnd.android.cursor.dir/contact",
          extras: { phone: state.address },
        });
      },
    });
  return { look: "menu", onDismiss: close, view: menu(items) };
}

function selectionMenu(
  context: ThreadContext,
  messages: readonly Message[],
  selected: readonly Message[],
): View {
  const { state } = context;
  const items = [
    {
      text: "Select all",
      onTap: () => {
        state.selected = messages.map((message) => message.id);
        state.open = "";
      },
    },
  ];
  const only = selected.length === 1 ? selected[0] : undefined;
  if (only)
    items.unshift({
      text: "Forward",
      onTap: () => {
        state.open = "";
        state.selected = [];
        context.startActivity({
          component: component(NEW_CONVERSATION),
          action: "android.intent.action.SEND",
          type: "text/plain",
          extras: { "android.intent.extra.TEXT": only.body },
        });
      },
    });
  return menu(items);
}
