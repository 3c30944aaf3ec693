import type { AppContext, Intent } from "../../system/services.ts";
import { listPeople, markRead, nameOf, readThread } from "./model.ts";
import { component, PACKAGE, THREAD } from "./names.ts";

const MARK_AS_READ = `${PACKAGE}.action.mark_as_read`;

/** A message has come in: one notification for each conversation, with the last message in it. */
export function onMessage(context: AppContext, { extras }: Intent): void {
  // Only the app that the user has chosen for messages tells of them.
  if (context.settings.get("secure", "sms_default_application") !== PACKAGE) return;
  const address = word(extras?.["address"]);
  const { threadId } = readThread(context, address);
  if (threadId === undefined) return;
  context.notifications.post({
    id: threadId,
    channel: "simple_sms_messenger",
    importance: 4,
    icon: "message",
    title: nameOf(listPeople(context), address),
    text: word(extras?.["body"]),
    autoCancel: true,
    intent: { component: component(THREAD), extras: { thread_number: address } },
    actions: [
      {
        title: "Mark as Read",
        intent: { action: MARK_AS_READ, package: PACKAGE, extras: { thread_id: threadId } },
      },
    ],
  });
}

/** The button of a notification. */
export function onAction(context: AppContext, { action, extras }: Intent): void {
  if (action !== MARK_AS_READ) return;
  const threadId = Number(extras?.["thread_id"]);
  markRead(context, threadId);
  context.notifications.cancel(threadId);
}

/** What was notified of has been seen. */
export function cancelFor(context: AppContext, address: string): void {
  const { threadId } = readThread(context, address);
  if (threadId !== undefined) context.notifications.cancel(threadId);
}

function word(extra: unknown): string {
  return typeof extra === "string" ? extra : "";
}
