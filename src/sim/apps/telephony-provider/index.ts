import type { SimApp } from "../app.ts";
import { transaction } from "../sql-provider.ts";
import { conversationsProvider, smsProvider } from "./provider.ts";
import { insertSampleMessages } from "./sample.ts";
import { openMessages } from "./store.ts";

/** Phone and Messaging Storage: the database of text messages and its content providers. */
export const telephonyStorage: SimApp = {
  package: "com.android.providers.telephony",
  label: "Phone and Messaging Storage",
  icon: { icon: "message", background: "#5f6368" },
  versionName: "13",
  versionCode: 33,
  system: true,
  activities: {},
  install(context, { seed }) {
    const db = openMessages(context);
    if (seed) transaction(db, () => insertSampleMessages(db, context.clock.now()));
  },
  providers: (context) => [smsProvider(context), conversationsProvider(context)],
};
