import type { SimApp } from "../app.ts";
import { conversations } from "./conversations.ts";
import { MAIN, NEW_CONVERSATION, PACKAGE, SMS_RECEIVED, THREAD } from "./names.ts";
import { newConversation } from "./new-conversation.ts";
import { onMessage, onAction } from "./notify.ts";
import { thread } from "./thread.ts";

const SCHEMES = ["sms", "smsto", "mms", "mmsto"];

/** Simple SMS Messenger. */
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
  // Messages, those that come in too, are the telephony storage's; the app itself keeps nothing.
  install() {},
  receive(context, intent) {
    if (intent.action === SMS_RECEIVED) onMessage(context, intent);
    else onAction(context, intent);
  },
};
