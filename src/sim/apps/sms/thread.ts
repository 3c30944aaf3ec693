import { appBar, button, column, list, row, text, textField, theme } from "../../ui/index.ts";
import type { View, WindowContent } from "../../ui/index.ts";
import type { AppContext, Intent } from "../../system/services.ts";
import { activity } from "../app.ts";
import { openElsewhere } from "../elsewhere.ts";
import { deleteAction, toggle } from "../selection.ts";
import { BOX } from "../telephony-provider/store.ts";
import {
  dateTimeText,
  listPeople,
  markRead,
  nameOf,
  readDraft,
  readThread,
  resendMessage,
  sendMessage,
  writeDraft,
  type Message,
} from "./model.ts";
import { SMS_RECEIVED } from "./names.ts";
import { cancelFor } from "./notify.ts";
import { threadOverlay } from "./thread-overlays.ts";
import type { ThreadContext, ThreadState } from "./thread-state.ts";

/** Messages further apart than this get a line with the time between them. */
const GAP_MS = 300_000;

/** The conversation with one number: what was said, and a field for more. */
export const thread = activity<ThreadState>({
  create: open,
  resume(context, _result, intent) {
    if (intent) context.state = open(context, intent);
    else read(context, context.state.address);
  },
  // Who looks at a conversation needs no notification of what comes into it.
  receive(context, intent) {
    if (intent.action === SMS_RECEIVED) cancelFor(context, context.state.address);
  },
  view(context) {
    const { state } = context;
    const { messages } = readThread(context, state.address);
    const selected = messages.filter((message) => state.selected.includes(message.id));
    const content: WindowContent = {
      root: column(
        [
          selected.length > 0 ? selectionBar(context, messages, selected) : topBar(context),
          list("thread_messages_list", bubbles(context, messages), {
            fromEnd: true,
            style: { grow: 1, paddingHorizontal: 12 },
          }),
          composer(context),
        ],
        { style: { grow: 1 } },
      ),
    };
    const overlay = threadOverlay(context, messages, selected);
    if (overlay) content.overlay = overlay;
    return content;
  },
  back(context) {
    const { state } = context;
    if (state.selected.length > 0) {
      state.selected = [];
      return true;
    }
    leave(context);
    return false;
  },
});

/** From the list of conversations, or from another app's `sms:` or `smsto:`. */
function open(context: AppContext, intent: Intent): ThreadState {
  const number = intent.extras?.["thread_number"];
  const [target = "", query = ""] = (intent.data ?? "").replace(/^[a-z]+:(?:\/\/)?/iu, "").split("?");
  const address = typeof number === "string" ? number : decodeURIComponent(target).trim();
  const body = intent.extras?.["sms_body"] ?? intent.extras?.["android.intent.extra.TEXT"];
  const given = typeof body === "string" ? body : new URLSearchParams(query).get("body");
  read(context, address);
  return { address, body: given ?? readDraft(context, address), selected: [], open: "" };
}

function read(context: AppContext, address: string): void {
  const { threadId } = readThread(context, address);
  if (threadId === undefined) return;
  markRead(context, threadId);
  context.notifications.cancel(threadId);
}

/** What came in while the conversation was on the screen has been read; what was typed is kept. */
function leave(context: ThreadContext): void {
  const { state } = context;
  read(context, state.address);
  writeDraft(context, state.address, state.body);
}

function topBar(context: ThreadContext): View {
  const { state } = context;
  return appBar({
    title: nameOf(listPeople(context), state.address),
    onUp: () => {
      leave(context);
      context.finish();
    },
    actions: [
      {
        icon: "delete",
        desc: "Delete",
        id: "delete",
        onTap: () => {
          state.open = "deleteAll";
        },
      },
      { icon: "phone", desc: "Dial number", id: "dial_number", onTap: () => dial(context) },
    ],
    onMore: () => {
      state.open = "more";
    },
  });
}

function dial(context: ThreadContext): void {
  openElsewhere(context, { action: "android.intent.action.DIAL", data: `tel:${context.state.address}` });
}

function bubbles(context: ThreadContext, messages: readonly Message[]): View[] {
  let before = -Infinity;
  return messages.flatMap((message) => {
    const late = message.date - before > GAP_MS;
    before = message.date;
    const views = [bubble(context, message)];
    if (message.box === BOX.failed)
      views.push(
        text("Not sent. Touch to retry.", {
          id: "thread_error",
          size: 13,
          color: theme.error,
          style: { alignSelf: "end" },
          onTap: () => {
            if (!resendMessage(context, message)) context.toast("Message not sent");
          },
        }),
      );
    if (!late) return views;
    const time = text(dateTimeText(context, message.date), {
      id: "thread_date_time",
      size: 13,
      color: theme.secondaryText,
      align: "center",
      style: { paddingVertical: 8 },
    });
    return [time, ...views];
  });
}

function bubble({ state }: ThreadContext, message: Message): View {
  const received = message.box === BOX.inbox;
  const selected = state.selected.includes(message.id);
  const select = (): void => toggle(state, message.id);
  return row(
    [
      column(
        [
          text(message.body, {
            id: "thread_message_body",
            size: 16,
            color: received || selected ? theme.text : theme.onPrimary,
          }),
        ],
        {
          id: "thread_message_wrapper",
          selected,
          ...(state.selected.length > 0 ? { onTap: select } : {}),
          onLongPress: select,
          style: {
            background: selected ? theme.primaryContainer : received ? theme.surface : theme.primary,
            radius: 16,
            paddingHorizontal: 14,
            paddingVertical: 8,
            shrink: 1,
          },
        },
      ),
    ],
    {
      // Only its side, and its colour, tells who wrote a message.
      id: "thread_message_holder",
      style: {
        justify: received ? "start" : "end",
        paddingVertical: 2,
        marginHorizontal: 4,
      },
    },
  );
}

function composer(context: ThreadContext): View {
  const { state } = context;
  const empty = state.body.trim() === "";
  return row(
    [
      textField({
        id: "thread_type_message",
        hint: "Type a message…",
        value: state.body,
        multiline: true,
        onChange: (value) => {
          state.body = value;
        },
        style: { grow: 1, shrink: 1, maxHeight: 140 },
      }),
      button(
        "SMS",
        () => {
          if (!sendMessage(context, state.address, state.body.trim())) context.toast("Message not sent");
          state.body = "";
          writeDraft(context, state.address, "");
          context.scrollToStart("thread_messages_list");
        },
        { id: "thread_send_message", desc: "Send", look: "text", enabled: !empty && state.address !== "" },
      ),
    ],
    { id: "message_holder", style: { paddingHorizontal: 8, paddingVertical: 6, gap: 4 } },
  );
}

function selectionBar(context: ThreadContext, messages: readonly Message[], selected: Message[]): View {
  const { state } = context;
  return appBar({
    title: `${selected.length} / ${messages.length}`,
    onUp: () => {
      state.selected = [];
    },
    actions: [
      {
        icon: "copy",
        desc: "Copy to clipboard",
        id: "cab_copy_to_clipboard",
        onTap: () => {
          context.clipboard.set(selected.map((message) => message.body).join("\n"));
          context.toast("Value copied to clipboard");
          state.selected = [];
        },
      },
      deleteAction(() => {
        state.open = "delete";
      }),
    ],
    onMore: () => {
      state.open = "menu";
    },
  });
}
