import type { SimApp } from "../app.ts";
import { conversations } from "./conversations.ts";
import { MAIN, NEW_CONVERSATION, PACKAGE, THREAD } from "./names.ts";
import { newConversation } from "./new-conversation.ts";
import { thread } from "./thread.ts";

const SCHEMES = ["sms", "smsto", "mms", "mmsto"];

/** Simple SMS Messenger, the default app for messages: it stores the ones that come in. */
export const smsMessenger: SimApp = {
  package: PACKAGE,
  label: "Simple SMS Messenger",
  icon: { icon: "message", background: "#188038" },
  versionName: "5.19.3",
  versionCode: 85,
  system: false,
  launcherActivity: MAIN,
  activities: { [MAIN]: conversations, [THREAD]: thread, [NEW_CONVERSATION]: newConversation },
  intentFilters: [
    { activity: THREAD, action: "android.intent.action.SENDTO", data: SCHEMES },
    { activity: THREAD, action: "android.intent.action.VIEW", data: SCHEMES },
    { activity: NEW_CONVERSATION, action: "android.intent.action.SEND", data: ["text/plain"] },
  ],
  // Messages are the telephony storage's; the app itself keeps nothing.
  install() {},
  receive(context, intent) {
    if (intent.action !== "android.provider.Telephony.SMS_RECEIVED") return;
    const { address, body, date } = intent.extras ?? {};
    if (typeof address !== "string" || typeof body !== "string") return;
    const now = context.clock.now();
    context.content.insert("content://sms/inbox", {
      address,
      body,
      date: typeof date === "number" ? date : now,
      date_sent: now,
      protocol: 0,
      read: 0,
      seen: 0,
      sub_id: 1,
      creator: context.package,
    });
  },
};
